import { expectErrors } from "../support/checks.ts";
import { fillDay } from "../support/forms.ts";
import { choose, pick, press, signInByKeyboard, tick, type, typeDay, unfold } from "../support/keyboard.ts";
import { expect, test } from "../support/test.ts";

const WORDS = "The fitter rang first & came on the day. </textarea><script>alert(1)</script>";

test("A18 A09 V01: a resident reads a standard and comments; an officer answers and shows it; everybody reads it @everywhere", async ({ site, page, signIn, good, context }) => {
  await page.goto("/");
  await page.getByRole("link", { name: "What you can expect" }).first().click();
  await good();
  await page.locator("main .ds-list a[href^='/standards/']").first().click();
  await good();
  const standard = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Say how it went for you" }).click();
  await good();
  await page.getByRole("button", { name: "Send my comment" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("How did it go?").fill(WORDS);
  await page.getByLabel("Your e-mail address (optional)").fill("nowhere");
  await page.getByRole("radio", { name: /^Yes/ }).check();
  await page.getByRole("button", { name: "Send my comment" }).click();
  await expectErrors(page);
  await expect(page.getByLabel("How did it go?")).toHaveValue(WORDS);
  await page.getByLabel("Your e-mail address (optional)").fill("jan@resident.example");
  await page.getByRole("button", { name: "Send my comment" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Thank you" })).toBeVisible();
  await good();
  await page.goto(standard);
  await expect(page.getByText("The fitter rang first"), "nothing is shown before it is read").toHaveCount(0);

  await signIn("officer");
  await page.goto("/staff/comments");
  await good();
  await page.getByRole("link", { name: /The fitter rang first/ }).click();
  await good();
  await page.getByLabel("Our answer").fill("Thank you. We have told the team.");
  await page.getByRole("button", { name: "Save the answer" }).click();
  await expect(page.getByRole("alert")).toContainText("on its way by e-mail");
  await page.getByRole("button", { name: "Publish these words" }).click();
  await expect(page.getByRole("alert")).toContainText("shown");
  await good();
  expect((await site.lastMail("jan@resident.example")).text).toContain("We have told the team");

  await context.clearCookies();
  await page.goto(standard);
  await expect(page.getByText("The fitter rang first & came on the day.")).toBeVisible();
  await expect(page.getByText("We have told the team")).toBeVisible();
  expect(await page.locator("main script").count(), "people's words are never markup").toBe(0);
  await good();
});

test("A01: a comment by keyboard alone", async ({ page }) => {
  await page.goto("/standards");
  await press(page, page.locator("main .ds-list a[href^='/standards/']").first());
  await press(page, page.getByRole("link", { name: "Say how it went for you" }));
  await type(page, page.getByLabel("How did it go?"), "They came on time.");
  await pick(page, page.getByRole("group", { name: "May we show your words on this site?" }), /^No/);
  await tick(page, page.getByRole("checkbox"));
  await press(page, page.getByRole("button", { name: "Send my comment" }));
  await expect(page.getByRole("heading", { level: 1, name: "Thank you" })).toBeVisible();
});

test("A18 A09: an officer writes a standard, vague words stop it, a manager approves, and it is published @everywhere", async ({ page, signIn, good, context }) => {
  await signIn("officer");
  await page.goto("/staff/standards/new");
  await good();
  await page.getByLabel("Service area").selectOption({ index: 1 });
  await page.getByLabel("Title").fill("Doors that close");
  await page.getByLabel("Promise", { exact: true }).fill("We will mend your front door promptly.");
  await page.getByLabel("What is counted when the promise is kept").fill("front doors mended within 1 working day");
  await page.getByLabel("Out of what").fill("all front doors reported");
  await page.getByLabel("When the clock starts and stops").fill("from your report until the door is mended");
  await page.getByLabel("Target", { exact: true }).fill("95");
  await page.getByRole("group", { name: "Where results come from" }).getByRole("checkbox").first().check();
  await page.getByLabel("What a resident can do if we miss it").fill("Phone us, and we will say when we will come.");
  await page.getByRole("button", { name: "Check the wording" }).click();
  await expect(page.locator(".govuk-error-summary")).toContainText("promptly");
  await expectErrors(page);
  await good();
  await page.getByLabel("Promise", { exact: true }).fill("We will mend your front door within 1 working day.");
  await page.getByRole("button", { name: "Check the wording" }).click();
  await expect(page.getByRole("status")).toContainText("passes the check");
  await page.getByRole("button", { name: "Save the draft" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Doors that close");
  await good();
  const draft = new URL(page.url()).pathname;
  for (const step of ["edit", "waive", "discard"]) {
    await page.goto(`${draft}/${step}`);
    await good();
  }

  await context.clearCookies();
  await signIn("manager");
  await page.goto(draft);
  await page.getByRole("link", { name: "Record an approval" }).click();
  await good();
  await page.getByLabel("Who approved it").fill("Residents' panel");
  await fillDay(page, new Date());
  await page.getByRole("button", { name: "Record the approval" }).click();
  await expect(page.getByRole("alert")).toContainText("approval is recorded");

  await context.clearCookies();
  await signIn("officer");
  await page.goto(draft);
  await page.getByRole("link", { name: "Publish", exact: true }).click();
  await good();
  await page.getByRole("button", { name: "Publish this version" }).click();
  await expect(page.getByRole("alert")).toContainText("Published");
  await good();

  await context.clearCookies();
  await page.goto("/standards");
  await page.getByRole("link", { name: "Doors that close" }).click();
  await expect(page.getByText("within 1 working day").first()).toBeVisible();
  await good();
});

test("A01: an officer writes a standard, a manager approves it, and it is published, by keyboard alone", async ({ site, page, context }) => {
  await signInByKeyboard(page, site.person("officer"));
  await unfold(page);
  await press(page, page.getByRole("link", { name: "Standards", exact: true }));
  await press(page, page.getByRole("link", { name: "Write a new standard" }));
  await choose(page, page.getByLabel("Service area"), "Customer care");
  await type(page, page.getByLabel("Title"), "Lights in the stairwell");
  await type(page, page.getByLabel("Promise", { exact: true }), "We will mend the lights on your stairs within 2 working days.");
  await type(page, page.getByLabel("What is counted when the promise is kept"), "lights mended within 2 working days");
  await type(page, page.getByLabel("Out of what"), "all lights reported");
  await type(page, page.getByLabel("When the clock starts and stops"), "from your report until the light works");
  await type(page, page.getByLabel("Target", { exact: true }), "90");
  await tick(page, page.getByRole("group", { name: "Where results come from" }).getByRole("checkbox").first());
  await type(page, page.getByLabel("What a resident can do if we miss it"), "Phone us, and we will say when we will come.");
  await press(page, page.getByRole("button", { name: "Save the draft" }));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Lights in the stairwell");

  for (const [role, step] of [["manager", "approve"], ["officer", "publish"]] as const) {
    await context.clearCookies();
    await signInByKeyboard(page, site.person(role));
    await unfold(page);
    await press(page, page.getByRole("link", { name: "Standards", exact: true }));
    await choose(page, page.getByLabel("State"), "With a draft");
    await press(page, page.getByRole("button", { name: "Show" }));
    await press(page, page.getByRole("link", { name: "Lights in the stairwell" }));
    if (step === "approve") {
      await press(page, page.getByRole("link", { name: "Record an approval" }));
      await type(page, page.getByLabel("Who approved it"), "Residents' panel");
      await typeDay(page, new Date());
      await press(page, page.getByRole("button", { name: "Record the approval" }));
      await expect(page.getByRole("alert")).toContainText("approval is recorded");
    } else {
      await press(page, page.getByRole("link", { name: "Publish", exact: true }));
      await press(page, page.getByRole("button", { name: "Publish this version" }));
      await expect(page.getByRole("alert")).toContainText("Published");
    }
  }
});
