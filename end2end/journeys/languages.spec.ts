import { expectAccessible, expectReflow, expectTargets, expectUncut } from "../support/checks.ts";
import { fact, openCopy } from "../support/surveys.ts";
import { expect, test } from "../support/test.ts";

test("F61 A17: the regulator's questionnaire is answered in Welsh from the first page to the receipt", async ({ page, browser, signIn, good, context }) => {
  // The example's survey has closed: its copy has the same questions and the same Welsh.
  await signIn("officer");
  const survey = await openCopy(page, "Tenant survey");
  await page.goto(`${survey}/languages`);
  await expect(page.locator("main")).toContainText("People can choose it");
  await good();
  await page.goto(`${survey}/languages/cy`);
  await good();
  await context.clearCookies();

  // The structure of a page is checked in English, so that here its parts are looked at one by one.
  const sound = async (): Promise<void> => {
    await page.waitForLoadState("load");
    await expect(page.locator("html")).toHaveAttribute("lang", "cy");
    await expectReflow(page);
    await expectUncut(page);
    await expectTargets(page);
    await expectAccessible(page, browser);
  };
  await page.goto("/surveys/tenant-survey-2");
  await good();
  await page.getByRole("link", { name: "Cymraeg" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Arolwg tenantiaid");
  await sound();
  await page.getByRole("button", { name: "Dechrau nawr" }).click();
  const onward = page.getByRole("button", { name: "Cadw a mynd ymlaen" });
  const next = async (choice: RegExp): Promise<void> => {
    await page.getByRole("radio", { name: choice }).first().check();
    await onward.click();
  };
  await expect(page.getByText("Cwestiwn 1 o")).toBeVisible();
  await sound();
  await next(/^Eithaf bodlon/);
  await onward.click();
  await expect(page).toHaveTitle(/^Gwall: /);
  await expect(page.getByRole("alert")).toContainText("Dewiswch un ateb");
  await sound();
  await next(/^Rwy’n berchen ar ran ohono/);
  await expect(page.getByRole("heading", { level: 1 }), "nothing is asked about repairs").toContainText("yn darparu cartref diogel");
  await next(/^Ddim yn berthnasol/);
  for (let left = 0; left < 2; left += 1) await next(/^Eithaf bodlon/);
  await next(/^Cytuno/);
  await next(/^Nac ydw/);
  await next(/^Ddim yn gwybod/);
  for (let left = 0; left < 2; left += 1) await next(/^Bodlon iawn/);
  // The landlord's own questions, by which the answers are weighted.
  await next(/^Lantern Quay/);
  await next(/^55 i 74/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Gwirio eich atebion");
  await sound();
  await page.getByRole("button", { name: "Anfon fy atebion" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Diolch");
  await sound();

  await signIn("officer");
  await page.goto(survey);
  await expect(fact(page, "Answers"), "it counts like any other").toHaveText("1");
});

test("A17 A05: a survey in Urdu reads from right to left, and its paper form has the same numbers", async ({ page, browser }) => {
  await page.goto("/surveys/notice-boards");
  await page.getByRole("link", { name: "اردو" }).click();
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  const sound = async (): Promise<void> => {
    await page.waitForLoadState("load");
    await expectReflow(page);
    await expectUncut(page);
    await expectTargets(page);
    await expectAccessible(page, browser);
  };
  await sound();
  await page.getByRole("button", { name: "اب شروع کریں" }).click();
  await sound();
  await page.getByRole("radio", { name: "جی ہاں" }).check();
  await page.getByRole("button", { name: "محفوظ کریں اور آگے بڑھیں" }).click();
  await expect(page.getByText("بہت مطمئن", { exact: true })).toBeVisible();
  await sound();
  await page.goto("/surveys/notice-boards.ur/paper");
  await expect(page.getByRole("heading", { level: 2 }).first()).toContainText(/^1\. /);
  await sound();
});
