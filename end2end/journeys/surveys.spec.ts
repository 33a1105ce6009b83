import type { Page } from "@playwright/test";
import { expectErrors } from "../support/checks.ts";
import { answerAll, fieldsOf, sendAgain } from "../support/forms.ts";
import { pick, press, tabTo, tick, type } from "../support/keyboard.ts";
import { expect, test } from "../support/test.ts";

/** Answers the question on the page, whatever its kind, with the mouse. */
async function answer(page: Page): Promise<void> {
  const form = page.locator("main form");
  const radios = form.getByRole("radio");
  const boxes = form.getByRole("checkbox");
  const texts = form.locator("textarea, input[type=text]:not([tabindex='-1']), input[type=number]");
  if ((await radios.count()) > 0) await radios.nth(Math.min(1, (await radios.count()) - 1)).check();
  else if ((await boxes.count()) > 0) await boxes.first().check();
  else if ((await form.getByLabel("Year").count()) > 0) {
    await form.getByLabel("Day").fill("3");
    await form.getByLabel("Month").fill("10");
    await form.getByLabel("Year").fill("2026");
  } else if ((await texts.count()) > 0) {
    const numeric = (await texts.first().getAttribute("inputmode")) !== null;
    await texts.first().fill(numeric ? "3" : "They rang first & came when they said.");
  }
}

/** The same with the keyboard alone. */
async function answerByKeyboard(page: Page): Promise<void> {
  const form = page.locator("main form");
  const boxes = form.getByRole("checkbox");
  const texts = form.locator("textarea, input[type=text]:not([tabindex='-1']), input[type=number]");
  if ((await form.getByRole("radio").count()) > 0) {
    const words = (await form.getByRole("radio").nth(1).evaluate((radio) => (radio as HTMLInputElement).labels?.[0]?.textContent ?? "")).trim();
    await pick(page, form, words);
  } else if ((await boxes.count()) > 0) await tick(page, boxes.first());
  else if ((await form.getByLabel("Year").count()) > 0) {
    await type(page, form.getByLabel("Day"), "3");
    await type(page, form.getByLabel("Month"), "10");
    await type(page, form.getByLabel("Year"), "2026");
  } else if ((await texts.count()) > 0) {
    const numeric = (await texts.first().getAttribute("inputmode")) !== null;
    await type(page, texts.first(), numeric ? "3" : "They rang first and came when they said.");
  }
}

const checking = (page: Page) => page.getByRole("heading", { level: 1, name: "Check your answers" });

test("A18 A09: a resident answers the open survey, looks back, changes an answer and gets a receipt @everywhere", async ({ page, good }) => {
  await page.goto("/surveys");
  await good();
  await page.locator("main a[href^='/surveys/']").first().click();
  await good();
  await page.getByRole("button", { name: "Start now" }).click();
  await expect(page.getByText(/Question 1 of \d+/)).toBeVisible();
  await good();

  let refused = false;
  for (let steps = 0; steps < 40 && !(await checking(page).isVisible()); steps += 1) {
    const place = await page.locator(".ds-progress-label").innerText();
    if (!refused) {
      await page.getByRole("button", { name: "Save and go on" }).click();
      if ((await page.title()).startsWith("Error: ")) {
        refused = true;
        await expectErrors(page);
        await good();
      } else if (await checking(page).isVisible()) break;
      else if ((await page.locator(".ds-progress-label").innerText()) !== place) {
        await page.getByRole("link", { name: "Back", exact: true }).click();
        await expect(page.locator(".ds-progress-label")).toHaveText(place);
      }
    }
    await answer(page);
    await page.getByRole("button", { name: "Save and go on" }).click();
  }
  expect(refused, "a required question refuses to be left empty").toBe(true);
  await expect(checking(page)).toBeVisible();
  await good();
  await page.getByRole("link", { name: /^Change/ }).first().click();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(checking(page)).toBeVisible();

  const check = page.url();
  const fields = await fieldsOf(page);
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Thank you" })).toBeVisible();
  const reference = await page.locator(".ds-reference").innerText();
  await good();

  // The same form sent again, as by a nervous second press: one response, the same reference.
  expect(await sendAgain(page, check, fields)).toContain(reference);
});

test("A01: the open survey by keyboard alone", async ({ page }) => {
  await page.goto("/surveys");
  await press(page, page.locator("main a[href^='/surveys/']").first());
  await press(page, page.getByRole("button", { name: "Start now" }));
  for (let steps = 0; steps < 40 && !(await checking(page).isVisible()); steps += 1) {
    await expect(page.locator(".ds-progress-label")).toBeVisible();
    await answerByKeyboard(page);
    const before = page.url();
    await press(page, page.getByRole("button", { name: "Save and go on" }));
    await page.waitForURL((url) => url.href !== before);
  }
  await press(page, page.getByRole("button", { name: "Send my answers" }));
  await expect(page.locator(".ds-reference")).toBeVisible();
  await tabTo(page, page.getByRole("link", { name: "See other surveys" }));
});

test("A18 A09: the open survey on one page is refused empty, keeps what was ticked, and counts once however often it is sent @everywhere", async ({ page, good }) => {
  await page.goto("/surveys");
  await page.locator("main a[href^='/surveys/']").first().click();
  await page.getByRole("link", { name: /one page/ }).click();
  await good();
  await page.locator("main form button[type=submit]").last().click();
  await expectErrors(page);
  await good();
  await answerAll(page);
  await page.getByLabel(/How many years/).fill("three");
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expectErrors(page);
  expect(await page.locator("main form input:checked").count(), "what was ticked stays").toBeGreaterThan(5);
  await good();
  await page.getByLabel(/How many years/).fill("3");
  const [form, fields] = [page.url(), await fieldsOf(page)];
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Thank you" })).toBeVisible();
  const reference = (await page.locator(".ds-reference").innerText()).trim();
  await good();
  expect(await sendAgain(page, form, fields), "sent twice, one receipt").toContain(reference);
});
