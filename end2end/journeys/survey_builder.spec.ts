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
  await page.getByRole("radio", { name: /homes or people that are asked/ }).check();
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
  await page.getByRole("button", { name: "Save the question" }).click();
  await page.getByRole("link", { name: "Who is asked question 2" }).click();
  await good();
  await page.getByRole("button", { name: "Add a line" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Question it depends on").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Add a line" }).click();
  await page.getByRole("button", { name: "Save who is asked" }).click();
  await expectErrors(page);
  await good();
  await page.getByRole("group", { name: "1. Do you use the lift?" }).getByRole("checkbox", { name: "Yes" }).check();
  await page.getByRole("button", { name: "Save who is asked" }).click();
  await expect(page.getByText("Asked only if you answered “Yes” to question 1.").first()).toBeVisible();
  await good();

  await page.getByRole("link", { name: "Who is asked question 2" }).click();
  await expect(page.getByRole("group", { name: "1. Do you use the lift?" }).getByRole("checkbox", { name: "Yes" }), "what was set is shown").toBeChecked();
  await good();
  await page.goBack();
  await page.getByRole("link", { name: "Change question 2" }).click();
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

test("F60 A15 A05: a survey of items on a scale, an order, several choices and something else is built, answered and counted @everywhere", async ({ page, signIn, good, context }) => {
  await signIn("officer");
  await page.goto("/staff/surveys/new");
  await page.getByLabel("Title").fill("Your home and street");
  await page.getByLabel("Introduction").fill("Tell us what matters to you.");
  const day = 24 * 3600 * 1000;
  await page.getByRole("radio", { name: /anybody/i }).check();
  await fillDay(page, new Date(Date.now() - day), "Opens on");
  await page.getByLabel("Opens at").fill("09:00");
  await fillDay(page, new Date(Date.now() + 5 * day), "Closes on");
  await page.getByLabel("Closes at").fill("23:59");
  await page.getByLabel("How many minutes it takes").fill("2");
  await page.getByLabel("What happens next").fill("We read every answer.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("The draft was made");

  const save = async () => {
    await page.getByRole("button", { name: "Save the question" }).click();
    await expect(page.getByRole("alert")).toContainText("The question was saved");
  };
  await addQuestion(page, /several items/i, "How satisfied are you with each of these?");
  await page.getByLabel("Items, each asked on the same scale").fill("Repairs");
  await page.getByRole("button", { name: "Save the question" }).click();
  await expectErrors(page);
  await page.getByLabel("Items, each asked on the same scale").fill("Repairs\nCleaning of the stairs and the landings\nGrass and hedges");
  await page.getByRole("checkbox", { name: "It must be answered" }).check();
  await save();
  await page.getByRole("link", { name: "Change question 1" }).click();
  await good();
  await page.getByRole("link", { name: "Back to the survey" }).click();
  await addQuestion(page, /put in order/i, "What should we do first?");
  await page.getByLabel("Answers to choose from").fill("New gutters\nA new front door\nMore light on the stairs");
  await save();
  await addQuestion(page, /several choices/i, "Which two should we stop?");
  await page.getByLabel("Answers to choose from").fill("Letters\nPhone calls\nVisits");
  await page.getByLabel("Most answers somebody may choose (optional)").fill("2");
  await page.getByRole("checkbox", { name: /Offer “None of these”/ }).uncheck();
  await save();
  await addQuestion(page, /one choice/i, "How do you reach us?");
  await page.getByLabel("Answers to choose from").fill("By phone\nBy e-mail");
  await page.getByRole("checkbox", { name: /Offer “Other, please say”/ }).check();
  await save();
  await good();
  const survey = new URL(page.url()).pathname;
  await page.getByText("Publish it", { exact: true }).click();
  await page.getByRole("button", { name: "Publish the survey" }).click();
  await context.clearCookies();

  await page.goto("/surveys/your-home-and-street");
  await page.getByRole("button", { name: "Start now" }).click();
  await good();
  await page.getByRole("radio", { name: "Repairs Very satisfied" }).check();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expectErrors(page);
  await good();
  await expect(page.getByRole("radio", { name: "Repairs Very satisfied" }), "what was chosen stays").toBeChecked();
  await page.getByRole("link", { name: "Choose one answer for “Grass and hedges”" }).click();
  await expect(page.getByRole("radio", { name: "Grass and hedges Very satisfied" })).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: "Grass and hedges Fairly satisfied" })).toBeChecked();
  await page.getByRole("radio", { name: "Cleaning of the stairs and the landings Not applicable" }).check();
  const table = page.getByRole("table", { name: "How satisfied are you with each of these?" });
  await expect(table.getByRole("rowheader"), "the table stays one however it is laid out").toHaveCount(3);
  await page.getByRole("button", { name: "Save and go on" }).click();

  await good();
  await page.getByLabel("New gutters").selectOption("2nd");
  await page.getByLabel("A new front door").selectOption("2nd");
  await page.getByLabel("More light on the stairs").selectOption("1st");
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("A new front door").selectOption("3rd");
  await page.getByRole("button", { name: "Save and go on" }).click();

  await expect(page.getByText("Choose up to 2.")).toBeVisible();
  for (const box of ["Letters", "Phone calls", "Visits"]) await page.getByRole("checkbox", { name: box }).check();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expectErrors(page);
  await page.getByRole("checkbox", { name: "Visits" }).uncheck();
  await page.getByRole("button", { name: "Save and go on" }).click();

  await good();
  await page.getByRole("radio", { name: "Other, please say" }).check();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("If other, please say what").fill("I call in at your office.");
  await page.getByRole("button", { name: "Save and go on" }).click();
  await good();
  for (const said of ["Repairs: Very satisfied", "1st: More light on the stairs", "Letters; Phone calls", "Other: I call in at your office."]) {
    await expect(page.getByText(said)).toBeVisible();
  }
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.locator(".ds-reference")).toBeVisible();

  for (let person = 0; person < 6; person += 1) {
    await context.clearCookies();
    await page.goto("/surveys/your-home-and-street/all");
    if (person === 0) await good();
    for (const item of ["Repairs", "Cleaning of the stairs and the landings", "Grass and hedges"]) await page.getByRole("radio", { name: `${item} Fairly satisfied` }).check();
    await page.getByLabel("New gutters").selectOption("1st");
    await page.getByLabel("A new front door").selectOption("2nd");
    await page.getByLabel("More light on the stairs").selectOption("3rd");
    await page.getByRole("checkbox", { name: "Visits" }).check();
    await page.getByLabel("If other, please say what").fill("At your office.");
    await page.getByRole("button", { name: "Send my answers" }).click();
    await expect(page.locator(".ds-reference")).toBeVisible();
  }
  await context.clearCookies();
  await signIn("officer");
  await page.goto(`${survey}/results`);
  await good();
  await expect(page.getByText("This is the order that 7 people gave")).toBeVisible();
  await expect(page.getByText("7 answers in words")).toBeVisible();
  await page.getByText("How people answered: Grass and hedges").click();
  await good();
});
