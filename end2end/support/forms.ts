import { deflateSync } from "node:zlib";
import { expect, type Page } from "@playwright/test";

/** Somebody who can sign in. */
export interface Person {
  email: string;
  password: string;
}

export async function signInAs(page: Page, { email, password }: Person): Promise<void> {
  await page.goto("/sign-in");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page, `signing in as ${email}`).not.toHaveURL(/sign-in/);
}

/** A day, month and year as they are in London, where the landlord's days begin. */
export function londonDay(day: Date): [string, string, string] {
  const parts = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "numeric", year: "numeric", timeZone: "Europe/London" }).formatToParts(day);
  const part = (kind: string) => String(Number(parts.find((one) => one.type === kind)?.value));
  return [part("day"), part("month"), part("year")];
}

/** The day of a shop that ended at ten past midnight: just after midnight that is yesterday. */
export function shopped(): Date {
  return new Date(Date.now() - 15 * 60_000);
}

/** Fills the three boxes of a day: those of one group, or the only ones of the page. */
export async function fillDay(page: Page, day: Date, legend?: string): Promise<void> {
  const boxes = legend ? page.getByRole("group", { name: legend }) : page;
  for (const [at, label] of ["Day", "Month", "Year"].entries()) await boxes.getByLabel(label, { exact: true }).fill(londonDay(day)[at]!);
}

/** A day as pages write it: "12 November 2026". */
export function inWords(day: Date): string {
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "Europe/London" }).format(day);
}

/** Answers every question of a page that has them all: the first choice of each, and a few words. */
export async function answerAll(page: Page): Promise<void> {
  const form = page.locator("main form");
  const names = new Set(await form.locator("input[type=radio], input[type=checkbox]").evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).name)));
  for (const name of names) await form.locator(`input[name="${name}"]`).first().check();
  for (const field of await form.locator("textarea, input[type=text]:not([tabindex='-1'])").all()) {
    const isNumber = (await field.getAttribute("inputmode")) !== null;
    await field.fill(isNumber ? "3" : "They rang first & came when they said.");
  }
}

/** What a form would send now, but for its buttons and files. */
export async function fieldsOf(page: Page, form = "main form"): Promise<[string, string][]> {
  return page.locator(form).first().evaluate((element) => {
    const typed = [...new FormData(element as HTMLFormElement)];
    return typed.flatMap(([name, value]) => (typeof value === "string" ? [[name, value] as [string, string]] : []));
  });
}

/** Sends fields to an address as a browser would, and gives back the page that follows. */
export async function sendAgain(page: Page, address: string, fields: [string, string][]): Promise<string> {
  const answer = await page.request.post(address, {
    data: new URLSearchParams(fields).toString(),
    headers: { origin: new URL(address).origin, "content-type": "application/x-www-form-urlencoded" },
  });
  expect(answer.status(), `${address} sent again`).toBe(200);
  return answer.text();
}

/** A small picture, made here so that no file of unknown origin is kept. */
export function picture(): Buffer {
  const chunk = (kind: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
    let crc = 0xffffffff;
    for (const byte of body) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
    }
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
    return out;
  };
  const side = 64;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const rows = Buffer.concat(Array.from({ length: side }, (_, y) => Buffer.concat([Buffer.from([0]), Buffer.alloc(side * 3, (y * 4) % 256)])));
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}
