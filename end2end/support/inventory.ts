import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type APIRequestContext, expect } from "@playwright/test";
import type { Findings } from "./checks.ts";
import { binary } from "./prepare.ts";

/** A row of the route inventory: a method and a path, and who may use it. */
export interface Row {
  method: string;
  path: string;
  anyone: boolean;
  roles: string[];
}

/** Rows that answer with something other than a page. */
export const NO_PAGE = /\.(css|ics|csv|json)$|^\/(logo|healthz|readyz)/;

export function inventory(): Row[] {
  const lines = execFileSync(binary(), ["routes"], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line) as Row);
}

function rowOf(rows: Row[], path: string): Row | undefined {
  const parts = path.split("/");
  const fits = rows.filter((row) => {
    const pattern = row.path.split("/");
    return pattern.length === parts.length && pattern.every((part, at) => part.includes("{") || part === parts[at]);
  });
  return fits.sort((a, b) => (a.path.match(/\{/g)?.length ?? 0) - (b.path.match(/\{/g)?.length ?? 0))[0];
}

/** The most addresses of one row that are followed. */
const MOST = 16;

/**
 * Which address shows which row to a reader, as `follow` finds it. Every site of a run starts from the same example, so
 * that one walk for each reader serves the whole run, and what it finds wrong is told by whoever made it.
 */
export async function walk(request: APIRequestContext, rows: Row[], reader: { role: string; from: string[] }, origin: string, findings: Findings): Promise<Map<string, string>> {
  const kept = join(process.env.JOURNEYS_FOLDER!, `walk-${reader.role || "anyone"}.json`);
  if (existsSync(kept)) return new Map(JSON.parse(readFileSync(kept, "utf8")) as [string, string][]);
  const pages = await follow(request, rows, reader.from, origin, findings);
  writeFileSync(kept, JSON.stringify([...pages]));
  return pages;
}

/**
 * Follows every link a reader has, at most `MOST` addresses a row; no address for a row that answers with a file or
 * leads elsewhere.
 */
export async function follow(request: APIRequestContext, rows: Row[], from: string[], origin: string, findings: Findings): Promise<Map<string, string>> {
  const seen = new Map<string, number>();
  const pages = new Map<string, string>();
  const visited = new Set<string>();
  const queue: [string, string][] = from.map((path) => [path, "the start"]);
  while (queue.length > 0) {
    const [path, linkedFrom] = queue.shift()!;
    const bare = path.split("?")[0]!;
    const row = rowOf(rows, bare);
    const key = row ? row.path : bare;
    if (visited.has(path) || (seen.get(key) ?? 0) >= MOST) continue;
    visited.add(path);
    seen.set(key, (seen.get(key) ?? 0) + 1);
    const answer = await request.get(path, { maxRedirects: 0 });
    const type = answer.headers()["content-type"] ?? "";
    await findings.note(`${path}, linked from ${linkedFrom}`, async () => expect(answer.status()).toBeLessThan(400));
    if (answer.status() >= 400) continue;
    if (answer.status() >= 300) {
      const to = new URL(answer.headers().location ?? "/", origin);
      queue.push([to.pathname + to.search, path]);
      if (row && !pages.has(row.path)) pages.set(row.path, "");
      continue;
    }
    if (row && !pages.get(row.path)) pages.set(row.path, type.startsWith("text/html") ? path : "");
    if (!type.startsWith("text/html")) continue;
    const html = await answer.text();
    for (const [, href] of html.matchAll(/<a\s[^>]*href="([^"#]+)[^"]*"/g)) {
      const to = new URL(href!.replaceAll("&amp;", "&"), origin + path);
      if (to.origin !== origin || to.pathname.startsWith("/assets/")) continue;
      queue.push([to.pathname + to.search, path]);
    }
  }
  return pages;
}

/** Pages that share a title, of a title for each row. */
export function sameTitles(titles: Map<string, string>): [string, string][] {
  return [...titles].filter(([row, title]) => [...titles].some(([other, same]) => other !== row && same === title));
}
