import type { Page } from "@playwright/test";
import { expectErrors } from "../support/checks.ts";
import { fillDay } from "../support/forms.ts";
import { expect, test } from "../support/test.ts";

async function addQuestion(page: Page, kind: string | RegExp, text: string): Promise<void> {
  const kinds = page.getByLabel("Kind of question");
  const option = (await kinds.locator("option").allInnerTexts()).find((one) => (typeof kind === "string" ? one === kind : kind.test(one)));
  await kinds.selectOption({ label: option ?? String(kind) });
  await page.getByRole("button", { name: "Add a question" }).click();
  await page.getByLabel("Question", { exact: true }).fill(text);
}

test("A18 A09: an officer builds a survey with a question for some only, sends personal links, and reads the results", async ({ site, page, signIn, good, context }) => {
  await signIn("officer");
  await page.goto("/staff/surveys");
  await page.getByRole("link", { name: "Make a survey" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Title").fill("Stairs and lifts");
  await page.getByLabel("Introduction").fill("Tell us about the stairs. We decide on the cleaning with it.");
  await page.getByLabel("How many minutes it takes").fill("1");
  await page.getByRole("radio", { name: /personal link/ }).check();
  const day = 24 * 3600 * 1000;
  await fillDay(page, new Date(Date.now() - day), "Opens on");
  await page.getByLabel("Opens at").fill("09:00");
  await fillDay(page, new Date(Date.now() + 5 * day), "Closes on");
  await page.getByLabel("Closes at").fill("23:59");
  await page.getByLabel("What happens next").fill("We say what we decided in January.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("The draft was made");
  await good();

  await addQuestion(page, /one choice/i, "Do you use the lift?");
  await good();
  await page.getByLabel("Question", { exact: true }).fill("");
  await page.getByRole("button", { name: "Save the question" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Question", { exact: true }).fill("Do you use the lift?");
  await page.getByLabel("Answers to choose from").fill("Yes\nNo");
  await page.getByRole("checkbox", { name: "It must be answered" }).check();
  await page.getByRole("button", { name: "Save the question" }).click();
  await expect(page.getByRole("alert")).toContainText("The question was saved");

  await addQuestion(page, /long/i, "What should change about the lift?");
  await page.getByText("Who is asked").click();
  await page.getByRole("group", { name: /Ask only those/ }).getByRole("checkbox", { name: /Yes/ }).check();
  await page.getByRole("button", { name: "Save the question" }).click();
  await expect(page.getByText(/Only if/).first()).toBeVisible();
  await good();

  await page.getByRole("link", { name: "Change question 2" }).click();
  await expect(page.getByRole("group", { name: /Ask only those/ }).getByRole("checkbox", { name: /Yes/ }), "what was set is shown").toBeChecked();
  await good();
  await page.getByLabel("Question", { exact: true }).fill("");
  await page.getByRole("button", { name: "Save the question" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Question", { exact: true }).fill("What should we change about the lift?");
  await page.getByRole("button", { name: "Save the question" }).click();
  await expect(page.getByRole("heading", { level: 3, name: "2. What should we change about the lift?" })).toBeVisible();
  const survey = new URL(page.url()).pathname;
  await page.getByText("Publish it", { exact: true }).click();
  await page.getByRole("button", { name: "Publish the survey" }).click();
  await good();
  await page.getByRole("link", { name: "Send personal links" }).click();
  await page.getByRole("button", { name: "Send the links" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("E-mail addresses").fill("ann@resident.example, bob@resident.example");
  await page.getByRole("button", { name: "Send the links" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await context.clearCookies();

  const link = await site.linkIn("ann@resident.example");
  await page.goto(link);
  await good();
  await page.getByRole("button", { name: "Start now" }).click();
  await page.getByRole("radio", { name: "No" }).check();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check your answers" }), "the lift is not asked of who does not use it").toBeVisible();
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.locator(".ds-reference")).toBeVisible();
  const again = await page.goto(link);
  expect(again?.status(), "a personal link counts once").toBe(410);
  await good();
  await context.clearCookies();

  await page.goto(await site.linkIn("bob@resident.example"));
  await page.getByRole("button", { name: "Start now" }).click();
  await page.getByRole("radio", { name: "Yes" }).check();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await page.locator("main textarea").fill("It should <b>stop</b> at 4.");
  await page.getByRole("button", { name: "Save and go on" }).click();
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.locator(".ds-reference")).toBeVisible();
  await context.clearCookies();

  await signIn("officer");
  await page.goto(survey);
  await good();
  await page.getByRole("link", { name: "See the results" }).click();
  await expect(page.locator("main")).toContainText(/few/i);
  await good();
});

test("A09: a question and a draft survey are taken away only when that is asked once more", async ({ page, signIn, good }) => {
  await signIn("officer");
  await page.goto("/staff/surveys/new");
  await page.getByLabel("Title").fill("Doors and windows");
  await page.getByLabel("Introduction").fill("Tell us about your windows.");
  const day = 24 * 3600 * 1000;
  await fillDay(page, new Date(Date.now() + day), "Opens on");
  await fillDay(page, new Date(Date.now() + 5 * day), "Closes on");
  await page.getByLabel("What happens next").fill("We read every answer.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("The draft was made");
  await addQuestion(page, /long/i, "What about the windows?");
  await page.getByRole("button", { name: "Save the question" }).click();
  await page.getByText("Remove question 1", { exact: true }).click();
  await good();
  await page.getByRole("button", { name: "Yes, remove question 1" }).click();
  await expect(page.getByRole("alert")).toContainText("The question was removed");
  await page.getByText("Throw it away", { exact: true }).click();
  await good();
  await page.getByRole("button", { name: "Throw the draft away" }).click();
  await expect(page.getByRole("alert")).toContainText("The draft is gone");
  await expect(page.getByText("Doors and windows")).toHaveCount(0);
});
