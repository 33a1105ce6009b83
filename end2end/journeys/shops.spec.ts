import { deflateSync } from "node:zlib";
import type { Page } from "@playwright/test";
import { expectErrors } from "../support/checks.ts";
import { expect, test } from "../support/test.ts";

/** A small picture, made here so that no file of unknown origin is kept. */
function picture(): Buffer {
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

async function fillDay(page: Page, day: Date): Promise<void> {
  await page.getByLabel("Day", { exact: true }).fill(String(day.getDate()));
  await page.getByLabel("Month", { exact: true }).fill(String(day.getMonth() + 1));
  await page.getByLabel("Year", { exact: true }).fill(String(day.getFullYear()));
}

test("A18 A09: a shopper files a return with a photo on a phone; an officer moderates it; it counts without a name @everywhere", async ({ page, signIn, good, context }) => {
  await signIn("shopper");
  await page.goto("/shops");
  await good();
  await page.locator("main li", { hasText: /To do|Offered|Accepted|New|say yes/i }).getByRole("link").first().click();
  await good();
  const yes = page.getByRole("button", { name: "Yes, I will do this shop" });
  if ((await yes.count()) > 0) await yes.click();
  await page.getByRole("link", { name: /Tell us how it went|Go on with your return/ }).click();
  await good();
  await page.getByLabel("What happened, in your own words").fill("");
  await page.getByRole("button", { name: "Check before sending" }).click();
  await expectErrors(page);
  await good();

  await fillDay(page, new Date());
  await page.getByLabel("When did you begin?").fill("0:05");
  await page.getByLabel("When did you finish?").fill("0:10");
  const items = page.locator("main fieldset", { has: page.locator("input[type=radio]") });
  for (let at = 0; at < (await items.count()); at += 1) {
    const item = items.nth(at);
    if (/recognise|unsafe/.test((await item.locator("legend").innerText()).toLowerCase())) await item.getByRole("radio", { name: "No" }).check();
    else await item.getByRole("radio").first().check();
  }
  for (const number of await page.getByLabel(/^How many/).all()) await number.fill("2");
  await page.getByLabel("What happened, in your own words").fill("The phone rang twice. A person answered & knew what to do.");
  await page.getByLabel("Add a photo").setInputFiles({ name: "../../etc/<b>stairs</b>.png", mimeType: "image/png", buffer: picture() });
  await page.getByLabel("What does it show?").fill("The notice in the hall");
  await page.getByRole("button", { name: "Keep these photos" }).click();
  await expect(page.getByText("Photo 1 is kept")).toBeVisible();
  await good();
  await page.getByRole("checkbox", { name: /What I have written is true/ }).check();
  await page.getByRole("button", { name: "Check before sending" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check your return" })).toBeVisible();
  await good();
  await page.getByRole("button", { name: "Send my return" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your return is sent" })).toBeVisible();
  await good();
  const reference = (await page.locator(".ds-reference").innerText()).trim();

  await context.clearCookies();
  await signIn("officer");
  await page.goto("/staff/mystery-shopping/returns");
  await good();
  await page.getByRole("link", { name: new RegExp(reference) }).click();
  await good();
  await page.getByLabel("What managers will read").fill("The phone was answered after two rings by somebody who knew what to do.");
  await page.getByRole("button", { name: "Accept this return" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await good();

  await context.clearCookies();
  await signIn("manager");
  await page.goto("/staff/performance");
  await good();
  const text = await page.locator("main").innerText();
  expect(text).not.toContain("Sol Wander");
});
