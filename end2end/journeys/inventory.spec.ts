import { execFileSync } from "node:child_process";
import type { APIRequestContext } from "@playwright/test";
import { expectBytes, expectErrors, expectGood, Findings } from "../support/checks.ts";
import { binary } from "../support/prepare.ts";
import { expect, test } from "../support/test.ts";

interface Row {
  method: string;
  path: string;
  anyone: boolean;
  roles: string[];
}

/** Rows that no link of the example leads to: each is looked at in the journey that makes it. */
const ELSEWHERE: Record<string, string> = {
  "/link/{token}": "accounts: the link is in a letter",
  "/set-up": "accounts: only before the first account",
  "/places/{token}": "focus_groups: the link is in a letter",
  "/s/{token}": "survey_builder: the link is in a letter",
  "/staff/plan/new": "accounts: only without a plan",
  "/staff/plan/import/{id}": "plan: after a file is sent",
  "/standards/{slug}/thanks": "standards: after a comment is sent",
  "/staff/standards/{id}/edit": "standards: only for a draft",
  "/staff/standards/{id}/approve": "standards: only for a draft",
  "/staff/standards/{id}/waive": "standards: only for a draft",
  "/staff/standards/{id}/discard": "standards: only for a draft",
  "/staff/what-changed/{id}/edit": "what_changed: only for a draft",
  "/staff/standards/{id}/publish": "standards: only for an approved draft",
  "/staff/surveys/{id}/questions/new": "survey_builder: only for a draft",
  "/staff/surveys/{id}/questions/{key}": "survey_builder: only for a draft",
  "/surveys/{slug}/q/{n}": "surveys: only when a person has begun",
  "/surveys/{slug}/check": "surveys: only at the end of the questions",
  "/surveys/{slug}/thanks": "surveys: after the answers are sent",
};

function inventory(): Row[] {
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

/** Follows every link a reader has, at most three addresses a row, and says which address shows which row. */
async function walk(request: APIRequestContext, rows: Row[], from: string[], origin: string, findings: Findings): Promise<Map<string, string>> {
  const seen = new Map<string, number>();
  const pages = new Map<string, string>();
  const visited = new Set<string>();
  const queue: [string, string][] = from.map((path) => [path, "the start"]);
  while (queue.length > 0) {
    const [path, linkedFrom] = queue.shift()!;
    const bare = path.split("?")[0]!;
    const row = rowOf(rows, bare);
    const key = row ? row.path : bare;
    if (visited.has(path) || (seen.get(key) ?? 0) >= 3) continue;
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

const READERS: { role: string; code: string; from: string[] }[] = [
  { role: "", code: "", from: ["/", "/sign-in"] },
  { role: "shopper", code: "shopper", from: ["/account"] },
  { role: "officer", code: "officer", from: ["/staff", "/account"] },
  { role: "manager", code: "manager", from: ["/staff"] },
  { role: "administrator", code: "administrator", from: ["/staff"] },
];

test.describe("every row of the route inventory", () => {
  test.setTimeout(600_000);

  test("A04 A05 A14 axe: each page that a link leads to is sound and within its bytes", async ({ site, page, context, browser }) => {
    const rows = inventory().filter((row) => row.method === "GET");
    const outside: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(site.url) && !request.url().startsWith("data:")) outside.push(request.url());
    });
    const refused: string[] = [];
    page.on("console", (message) => {
      if (/Content Security Policy|Refused to/i.test(message.text())) refused.push(message.text());
    });
    const findings = new Findings();
    const checked = new Set<string>();
    const titles = new Map<string, string>();
    for (const { role, from } of READERS) {
      await context.clearCookies();
      if (role) {
        const { email, password } = site.person(role);
        await page.goto("/sign-in");
        await page.getByLabel(/e-mail/i).fill(email);
        await page.getByLabel(/password/i).fill(password);
        await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
        await expect(page, `signing in as ${role}`).not.toHaveURL(/sign-in/);
      }
      for (const [pattern, path] of await walk(page.request, rows, from, site.url, findings)) {
        if (checked.has(pattern)) continue;
        checked.add(pattern);
        if (!path) continue;
        await findings.note(`${role || "anyone"} ${path}`, async () => {
          await page.goto(path);
          await expectGood(page, browser);
          await expectBytes(page, path, (path.startsWith("/staff") ? 60 : 30) * 1024);
          titles.set(pattern, await page.title());
        });
      }
    }
    await page.goto("/nowhere");
    await expectGood(page, browser);
    findings.expectNone();

    const missed = rows.filter((row) => !checked.has(row.path) && !(row.path in ELSEWHERE) && !/\.(css|ics|csv|json)$|^\/(logo|healthz|readyz)/.test(row.path));
    expect(missed.map((row) => row.path), "rows that no link leads to").toEqual([]);
    const twice = [...titles].filter(([pattern, title]) => [...titles].some(([other, same]) => other !== pattern && same === title));
    expect(twice, "pages that share a title").toEqual([]);
    expect(outside, "requests to other hosts").toEqual([]);
    expect(refused, "what the content policy refused").toEqual([]);
  });

  test("A09: each form sent empty either works or says what is wrong, in the pattern", async ({ site, page, context, browser }) => {
    const rows = inventory();
    const findings = new Findings();
    const tried = new Set<string>();
    for (const { role, from } of READERS) {
      await context.clearCookies();
      if (role) {
        const { email, password } = site.person(role);
        await page.goto("/sign-in");
        await page.getByLabel(/e-mail/i).fill(email);
        await page.getByLabel(/password/i).fill(password);
        await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
      }
      const pages = await walk(page.request, rows.filter((row) => row.method === "GET"), from, site.url, new Findings());
      for (const [pattern, path] of pages) {
        if (!path || tried.has(pattern)) continue;
        tried.add(pattern);
        await page.goto(path);
        const forms = page.locator("main form[method=post i]").filter({ has: page.locator("input:not([type=hidden]):not([tabindex='-1']):visible, select:visible, textarea:visible") });
        if ((await forms.count()) === 0) continue;
        await findings.note(`${role || "anyone"} ${path}`, async () => {
          const form = forms.first();
          await form.evaluate((element) => {
            (element as HTMLFormElement).noValidate = true;
            for (const field of element.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file]):not([tabindex='-1']), textarea")) field.value = "";
          });
          const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === "POST"), form.locator("button").first().click()]);
          expect([303, 422], `${path} answers ${answer.status()}`).toContain(answer.status());
          if (answer.status() !== 422) return;
          await expectErrors(page);
          await expectGood(page, browser);
        });
      }
    }
    findings.expectNone();
  });
});
