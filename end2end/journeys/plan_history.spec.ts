import { expectErrors } from "../support/checks.ts";
import { fillDay, inWords, londonDay } from "../support/forms.ts";
import { unfold } from "../support/keyboard.ts";
import { fact, rowOf } from "../support/surveys.ts";
import { expect, test } from "../support/test.ts";

const DAY = 24 * 3600 * 1000;

/** A day as addresses write it: "2026-11-27". */
function iso(day: Date): string {
  const [date, month, year] = londonDay(day);
  return `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
}

test("A18 A09: a deadline moves for a reason, the plan of a past day stays as it was, two days are compared, and a frozen copy is the same for ever", async ({ page, signIn, good, context }) => {
  const past = new Date(Date.now() - 40 * DAY);
  const later = new Date(Date.now() + 300 * DAY);
  const why = "The people who ring are needed for the winter storms.";
  await signIn("officer");
  await unfold(page);
  await page.getByRole("link", { name: "Improvement plan" }).click();
  await good();
  const pack = async () => (await page.request.get(`/staff/plan/pack.json?on=${iso(past)}`)).text();
  const before = await pack();
  expect(await pack(), "the same pack, asked for twice").toBe(before);

  await rowOf(page, "1.3").first().getByRole("link").first().click();
  const action = new URL(page.url()).pathname;
  await good();
  await page.getByRole("link", { name: "Move the deadline" }).click();
  await page.getByLabel("Why it moves").fill(why);
  await page.getByRole("button", { name: "Move the deadline" }).click();
  await expectErrors(page);
  await expect(page.getByLabel("Why it moves"), "nothing typed is lost").toHaveValue(why);
  await good();
  const [, month, year] = londonDay(later);
  const deadline = page.getByRole("group", { name: "New deadline" });
  await deadline.getByLabel("Month").selectOption(month);
  await deadline.getByLabel("Year").fill(year);
  await page.getByRole("button", { name: "Move the deadline" }).click();
  await expect(page.getByRole("alert")).toContainText("The deadline is moved");
  await good();
  await page.getByRole("link", { name: "Its history" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("History of the action");
  await expect(page.locator("main ol > li").first()).toContainText(why);
  await good();

  // The plan as it stood on a past day, and as it stands.
  await page.goto("/staff/plan");
  await page.getByRole("link", { name: "As it stood" }).click();
  await expect(rowOf(page, "1.3").first()).toContainText(why);
  await good();
  await fillDay(page, new Date(Date.now() + DAY), "Another day");
  await page.getByRole("button", { name: "Show the plan of that day" }).click();
  await expectErrors(page);
  await fillDay(page, past, "Another day");
  await page.getByRole("button", { name: "Show the plan of that day" }).click();
  await expect(page.getByRole("main")).toContainText(`At the end of ${inWords(past)}.`);
  await expect(rowOf(page, "1.3").first()).not.toContainText("Moved back");
  await good();

  // What differs between the two.
  await page.getByRole("link", { name: "What changed since" }).click();
  await expect(page.getByRole("main")).toContainText(`From ${inWords(past)} to ${inWords(new Date())}:`);
  const card = page.locator(".ds-card", { hasText: /^1\.3 / });
  await expect(card).toContainText("Deadline");
  await expect(card).toContainText(why);
  await expect(card.locator("ins")).not.toHaveCount(0);
  await good();
  await fillDay(page, past, "To the end of");
  await fillDay(page, new Date(), "From the end of");
  await page.getByRole("button", { name: "Show what changed" }).click();
  await expectErrors(page);
  await good();

  // A frozen copy of the past day holds what its pack holds, whatever happens later.
  await page.goto("/staff/plan/snapshots");
  await page.getByRole("button", { name: "Freeze the plan" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("What is it for?").fill("Board meeting before the storms");
  await fillDay(page, past, "As at the end of which day?");
  await page.getByRole("button", { name: "Freeze the plan" }).click();
  await expect(page.getByRole("alert")).toContainText("The plan is frozen");
  await good();
  const copy = new URL(page.url()).pathname;
  const mark = await page.locator("main code").innerText();
  const frozen = async () => (await page.request.get(`${copy}/plan.json`)).text();
  const first = await frozen();
  expect(first, "the copy is the pack of its day").toBe(before);
  await page.goto(`${action}/progress`);
  await page.getByRole("radio", { name: "Stopped", exact: false }).first().check();
  await page.getByLabel("What happened").fill("A text asks the same.");
  await page.getByRole("button", { name: "Post this" }).click();
  await expect(page.getByRole("alert")).toContainText("Progress is posted");
  expect(await pack(), "the pack of the past day").toBe(before);
  expect(await frozen(), "the frozen copy").toBe(first);
  await page.goto(`/staff/plan/compare?from=copy-${copy.split("/").pop()}`);
  await expect(page.locator(".ds-card", { hasText: /^1\.3 / })).toContainText("Stopped");

  // Who only reads finds all of it and can change none of it.
  await context.clearCookies();
  await signIn("auditor");
  await page.goto("/staff/plan/snapshots");
  await expect(page.getByRole("button", { name: "Freeze the plan" })).toHaveCount(0);
  await page.getByRole("link", { name: /Board meeting before the storms$/ }).first().click();
  await expect(page.locator("main code")).toHaveText(mark);
  await page.goto(action);
  await expect(page.getByRole("link", { name: "Move the deadline" })).toHaveCount(0);
  await page.getByRole("link", { name: "Its history" }).click();
  await expect(page.getByRole("main")).toContainText(why);
  await good();
});

test("A18: the plan by month, as a timeline, by lead and as one's own actions; several changed at once; links and money", async ({ page, signIn, good }) => {
  await signIn("manager");
  await page.goto("/staff/plan");
  for (const view of ["Month by month", "Timeline", "By lead", "My actions"]) {
    await page.getByRole("navigation", { name: "Views of the plan" }).getByRole("link", { name: view }).click();
    await expect(page.getByRole("navigation", { name: "Views of the plan" }).locator("[aria-current=page]")).toHaveText(view);
    await good();
  }
  await page.getByRole("navigation", { name: "Views of the plan" }).getByRole("link", { name: "List" }).click();
  await page.getByRole("link", { name: "Change several" }).click();
  await page.getByRole("checkbox", { name: /^1\.3 / }).check();
  await page.getByRole("checkbox", { name: /^2\.1 / }).check();
  await page.getByRole("button", { name: "Change the actions" }).click();
  await expectErrors(page);
  await expect(page.getByRole("checkbox", { name: /^2\.1 / }), "what was chosen stays chosen").toBeChecked();
  await good();
  await page.getByRole("radio", { name: "How they stand" }).check();
  await page.getByRole("combobox", { name: "How they stand" }).selectOption({ label: "Stopped: we will not do it" });
  await page.getByLabel("Why", { exact: true }).fill("Another landlord will do it for both of us.");
  await page.getByRole("button", { name: "Change the actions" }).click();
  await expect(page.getByRole("alert")).toContainText("2 actions");
  for (const reference of ["1.3", "2.1"]) await expect(rowOf(page, reference).first()).toContainText("Stopped");

  await rowOf(page, "4.1").first().getByRole("link").first().click();
  await page.getByRole("link", { name: "Link to others" }).click();
  await page.getByRole("radio", { name: "Depends on" }).check();
  await page.getByLabel("The other action").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Link the actions" }).click();
  await expect(page.getByRole("button", { name: /^Take away/ })).toHaveCount(1);
  await good();
  await page.getByRole("link", { name: "Back to the action" }).click();
  await expect(fact(page, "Depends on")).toBeVisible();
  await page.getByRole("link", { name: "Enter money spent" }).click();
  await page.getByLabel("Amount in pounds").fill("lots");
  await page.getByLabel("What for").fill("Two headsets");
  await page.getByRole("button", { name: "Enter this amount" }).click();
  await expectErrors(page);
  await expect(page.getByLabel("What for")).toHaveValue("Two headsets");
  await page.getByLabel("Amount in pounds").fill("1,250.50");
  await page.getByRole("button", { name: "Enter this amount" }).click();
  await expect(fact(page, "Spent")).toHaveText("£1,250.50");
  await good();
});
