import { expectErrors, expectReflow, expectUncut } from "../support/checks.ts";
import { signInAs } from "../support/forms.ts";
import { pick, press, tabTo, type } from "../support/keyboard.ts";
import { fact } from "../support/surveys.ts";
import { expect, test } from "../support/test.ts";

const SURVEY = "How are we doing?";

test("F42 A09: an officer enters answers that people give on the telephone, one after the other", async ({ page, signIn, good }) => {
  await signIn("officer");
  await page.goto("/staff/surveys");
  await page.getByRole("link", { name: SURVEY }).click();
  const before = Number(await fact(page, "Answers").innerText());
  await page.getByRole("link", { name: "Enter answers" }).click();
  await good();
  await page.getByRole("button", { name: "Keep these answers" }).click();
  await expectErrors(page);
  await good();
  await page.getByRole("radio", { name: "Telephone" }).check();
  await page.getByRole("button", { name: "Keep these answers" }).click();
  await expectErrors(page);
  await expect(page.getByText(/^Telephone, .*: change this$/), "the way stays and folds away").toBeVisible();
  await good();

  const first = page.getByRole("group", { name: /^1\. / });
  await first.getByRole("radio").nth(1).check();
  await page.getByRole("group", { name: /^2\. / }).getByRole("radio").nth(0).check();
  await page.getByLabel(/How many years/).fill("three");
  await page.getByRole("button", { name: "Keep these answers" }).click();
  await expectErrors(page);
  await expect(first.getByRole("radio").nth(1), "what was entered stays").toBeChecked();
  await good();
  await page.getByLabel(/How many years/).fill("3");
  await page.getByRole("button", { name: "Keep these answers" }).click();
  await expect(page.getByRole("alert")).toContainText("You can enter another now");
  await expect(page.locator("main input[type=radio][name^=q]:checked"), "the next form is empty").toHaveCount(0);
  await good();

  // The next one by keyboard alone: the focus lies before the first question.
  await expect(page.getByText(/^Telephone, .*: change this$/).locator("..")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(first.getByRole("radio").first()).toBeFocused();
  await pick(page, first, "Fairly satisfied");
  await type(page, page.getByLabel(/How many years/), "12");
  await press(page, page.getByRole("button", { name: "Keep these answers" }));
  await expect(page.getByRole("alert")).toContainText("The answers are kept");
  await tabTo(page, page.getByText(/^Telephone, .*: change this$/).locator(".."));

  await page.getByRole("link", { name: "Back to the survey" }).click();
  await expect(fact(page, "Answers")).toHaveText(String(before + 2));
  await page.getByRole("link", { name: "See the results" }).click();
  await expect(page.getByRole("heading", { level: 2, name: "By how people answered" })).toBeVisible();
  await expect(page.locator("main")).toContainText(/\d+ online, \d+ by telephone/);
  await good();
});

test("F64 A05: the paper form has the questions of the screen, prints without the site around it and reads on a phone @everywhere", async ({ page, good }) => {
  await page.goto("/surveys");
  await page.getByRole("link", { name: SURVEY }).click();
  await page.getByRole("link", { name: /one page/ }).click();
  const onScreen = (await page.locator("main form legend, main form label").allInnerTexts()).filter((words) => /^\d+\. /.test(words.trim())).map((words) => words.trim());
  await page.goBack();
  await page.getByRole("link", { name: "Print a paper form instead" }).click();
  await good();
  const onPaper = await page.locator(".ds-paper__question h2").allInnerTexts();
  expect(onPaper.slice(0, -1).map((words) => words.trim()), "the same questions under the same numbers").toEqual(onScreen);
  await expect(page.locator(".ds-paper address").first()).not.toBeEmpty();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectReflow(page);
  await expectUncut(page);
  await page.emulateMedia({ media: "print" });
  for (const away of [".ds-footer", ".govuk-back-link", ".ds-nav"]) await expect(page.locator(away), `${away} is not printed`).toBeHidden();
  await expect(page.locator(".ds-paper__box").first()).toBeVisible();
});

test("F64: two people enter a batch of paper forms, settle a difference, and then its answers count", async ({ page, site, signIn, context, good }) => {
  await signIn("officer");
  await page.goto("/staff/surveys");
  await page.getByRole("link", { name: SURVEY }).click();
  const survey = page.url();
  await page.getByRole("link", { name: "Batches of paper forms" }).click();
  await good();
  await page.getByRole("button", { name: "Make the batch" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Name of the batch").fill("Monday’s post");
  await page.getByLabel("How many forms").fill("4");
  await page.getByRole("button", { name: "Make the batch" }).click();
  await expectErrors(page);
  await page.getByLabel("How many forms").fill("5");
  await page.getByRole("button", { name: "Make the batch" }).click();
  await expect(page.getByRole("alert")).toContainText("The batch is made");
  await good();
  const batch = page.url();
  await page.getByRole("link", { name: "Form 1" }).click();
  await good();
  await page.getByRole("button", { name: "Keep this form" }).click();
  await expectErrors(page);
  const first = page.getByRole("group", { name: /^1\. / });
  for (const number of [1, 2, 3, 4, 5]) {
    await expect(page.getByRole("heading", { level: 1 })).toContainText(`Enter form ${number}`);
    if (number === 5) await page.getByRole("checkbox", { name: "Nothing is written on it" }).check();
    else await first.getByRole("radio").nth(0).check();
    await page.getByRole("button", { name: "Keep this form" }).click();
  }
  await expect(page.locator("main")).toContainText("so a colleague must do that");
  await good();
  await context.clearCookies();

  await signInAs(page, site.person("administrator"));
  await page.goto(batch);
  // Which form is entered again is drawn by chance.
  const drawn = page.getByRole("link", { name: /^Form \d$/ });
  await drawn.click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(/Enter form \d again/);
  await first.getByRole("radio").nth(4).check();
  await page.getByRole("button", { name: "Keep this form" }).click();
  await drawn.click();
  await expect(page.getByRole("table")).toContainText("Very dissatisfied");
  await good();
  await page.getByRole("button", { name: "Settle the form" }).click();
  await expectErrors(page);
  await good();
  await page.getByRole("radio", { name: "What was entered first" }).check();
  await page.getByRole("button", { name: "Settle the form" }).click();
  await expect(page.locator("main")).toContainText(/1 of \d+ answers entered twice differed/);
  await page.getByRole("button", { name: "Close the batch" }).click();
  await expect(page.getByRole("alert")).toContainText("The batch is closed: 4 forms count now");
  await good();
  await page.goto(`${survey}/results`);
  await expect(page.locator("main")).toContainText("on paper");
});
