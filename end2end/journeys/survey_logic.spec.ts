import type { Page } from "@playwright/test";
import { expectErrors } from "../support/checks.ts";
import { fillDay } from "../support/forms.ts";
import { expect, test } from "../support/test.ts";

async function addQuestion(page: Page, kind: string, text: string, options?: string): Promise<void> {
  await page.getByLabel("Kind of question").selectOption({ label: kind });
  await page.getByRole("button", { name: "Add a question" }).click();
  await page.getByLabel("Question", { exact: true }).fill(text);
  if (options !== undefined) await page.getByLabel("Answers to choose from").fill(options);
  await page.getByRole("checkbox", { name: "It must be answered" }).check();
  await page.getByRole("button", { name: "Save the question" }).click();
  await expect(page.getByRole("alert")).toContainText("The question was saved");
}

test("F60: an officer builds and, or and not, a skip and a repeated answer, mends what the check finds, tries every way and publishes", async ({ page, signIn, good }) => {
  await signIn("officer");
  await page.goto("/staff/surveys/new");
  await page.getByLabel("Title").fill("Doors and locks");
  await page.getByLabel("Introduction").fill("Tell us about your front door.");
  const day = 24 * 3600 * 1000;
  await fillDay(page, new Date(Date.now() - day), "Opens on");
  await fillDay(page, new Date(Date.now() + 5 * day), "Closes on");
  await page.getByLabel("What happens next").fill("We read every answer.");
  await page.getByRole("button", { name: "Save" }).click();
  await addQuestion(page, "One choice from a list", "Do you have a door of your own?", "Yes\nNo\nNot sure");
  await addQuestion(page, "Several choices from a list", "What is wrong with it?", "The lock\nThe glass\nThe draught");
  await addQuestion(page, "A short answer in words", "Which room does the draught reach?");
  await addQuestion(page, "Five-point scale", "How warm is it in “{answer 3}”?");
  await addQuestion(page, "A longer answer in words", "Anything else?");
  await expect(page.getByRole("heading", { level: 3, name: "4. How warm is it in “(your answer to question 3)”?" })).toBeVisible();

  await page.getByRole("link", { name: "Skip ahead after question 1" }).click();
  await good();
  const first = page.getByRole("group", { name: "1. Do you have a door of your own?" });
  await first.getByRole("checkbox", { name: "No", exact: true }).check();
  await first.getByRole("checkbox", { name: "Not sure" }).check();
  await page.getByRole("button", { name: "Save the skip" }).click();
  await expectErrors(page);
  await expect(first.getByRole("checkbox", { name: "Not sure" }), "what was ticked is kept").toBeChecked();
  await page.getByLabel("Then go on to").selectOption({ label: "5. Anything else?" });
  await page.getByRole("button", { name: "Save the skip" }).click();
  await expect(page.getByText("If you answered “No” or “Not sure” to question 1, go on to question 5.").first()).toBeVisible();

  // The draught is asked about by those who have it, and not the lock too: at first by mistake in a way nobody can fit.
  await page.getByRole("link", { name: "Who is asked question 3" }).click();
  await page.getByLabel("Question it depends on").selectOption({ label: "2. What is wrong with it?" });
  await page.getByRole("button", { name: "Add a line" }).click();
  const wrong = page.getByRole("group", { name: "2. What is wrong with it?" }).first();
  await wrong.getByRole("checkbox", { name: "The draught" }).check();
  await page.getByLabel("Another question it depends on").first().selectOption({ label: "1. Do you have a door of your own?" });
  await page.getByRole("button", { name: "Add a line" }).first().click();
  await expect(wrong.getByRole("checkbox", { name: "The draught" }), "what was ticked is kept").toBeChecked();
  await good();
  await page.getByRole("group", { name: "1. Do you have a door of your own?" }).getByRole("checkbox", { name: "No", exact: true }).check();
  await page.getByRole("radio", { name: "all of these are so" }).check();
  await page.getByRole("button", { name: "Save who is asked" }).click();
  await expect(page.getByText("Nobody can be asked question 3")).toBeVisible();
  await good();
  await page.getByText("Publish it", { exact: true }).click();
  await page.getByRole("button", { name: "Publish the survey" }).click();
  await expect(page.locator(".govuk-error-summary").getByRole("link", { name: /Nobody can be asked question 3/ })).toBeVisible();

  await page.getByRole("link", { name: "Who is asked question 3" }).click();
  const second = page.getByRole("group", { name: "1. Do you have a door of your own?" });
  await second.getByLabel("The answer").selectOption({ label: "was none of these" });
  await page.getByRole("button", { name: "Save who is asked" }).click();
  await expect(page.getByText("Nobody can be asked question 3")).toHaveCount(0);
  await page.getByRole("link", { name: "Who is asked question 4" }).click();
  await page.getByLabel("Question it depends on").selectOption({ label: "3. Which room does the draught reach?" });
  await page.getByRole("button", { name: "Add a line" }).click();
  await page.getByRole("button", { name: "Save who is asked" }).click();
  await page.getByText("Every way through the questions").click();
  await expect(page.getByRole("listitem").filter({ hasText: /^Questions 1, 5, for example after question 1 “No”/ })).toBeVisible();
  await good();

  await page.getByRole("link", { name: "Try it out" }).click();
  await expect(page.getByText("Nothing you enter here is kept.")).toBeVisible();
  await good();
  await page.getByRole("button", { name: "Go on" }).click();
  await expectErrors(page);
  await page.getByRole("radio", { name: "Yes" }).check();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.getByRole("checkbox", { name: "The draught" }).check();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.locator("main input[type=text]").fill("the <b>hall</b>");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /How warm is it in “the <b>hall<\/b>”/ })).toBeVisible();
  await good();
  await page.getByRole("radio", { name: "Fairly satisfied" }).check();
  await page.getByRole("button", { name: "Go on" }).click();
  await page.locator("main textarea").fill("No.");
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "The end" })).toBeVisible();
  await good();
  await page.getByRole("link", { name: "Start again" }).click();
  await page.getByRole("radio", { name: "Not sure" }).check();
  await page.getByRole("button", { name: "Go on" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Anything else/ })).toBeVisible();
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.getByRole("radio", { name: "Not sure" })).toBeChecked();
  await page.getByRole("link", { name: "Back to the survey" }).click();

  await page.getByText("Publish it", { exact: true }).click();
  await page.getByRole("button", { name: "Publish the survey" }).click();
  await expect(page.getByRole("alert")).toContainText("The survey is published");
});
