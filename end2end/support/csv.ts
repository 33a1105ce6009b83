import { readFileSync } from "node:fs";
import { expect, type Locator, type Page } from "@playwright/test";

/** The rows of a CSV file (RFC 4180), the heading among them. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = [];
  let cells: string[] = [];
  for (const [, quoted, plain, end] of text.replace(/^\ufeff/, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    cells.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === ",") continue;
    if (cells.length > 1 || cells[0] !== "") rows.push(cells);
    cells = [];
  }
  return rows;
}

/** Presses what hands out a file, and gives its name and its text. */
export async function download(page: Page, target: Locator): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([page.waitForEvent("download"), target.click()]);
  expect(await file.failure(), "the download").toBeNull();
  return { name: file.suggestedFilename(), text: readFileSync(await file.path(), "utf8") };
}
