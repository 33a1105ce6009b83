import { expectErrors } from "../support/checks.ts";
import { fillDay } from "../support/forms.ts";
import { press } from "../support/keyboard.ts";
import { expect, test } from "../support/test.ts";

test("A01 A18: a visitor goes from home to what changed because of residents, by keyboard @everywhere", async ({ page, good }) => {
  await page.goto("/");
  await good();
  await press(page, page.getByRole("link", { name: "What changed because of you" }).first());
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("What changed because of you");
  await good();
  await press(page, page.locator("main .ds-card__title a").first());
  await expect(page).toHaveURL(/\/what-changed\//);
  await good();
});

test("A18 A09: an officer writes what changed, somebody else publishes it, everybody reads it", async ({ page, signIn, good, context }) => {
  await signIn("officer");
  await page.goto("/staff/what-changed");
  await page.getByRole("link", { name: "Write an entry" }).click();
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Title").fill("Lights on the back stairs");
  await page.getByLabel("We asked", { exact: true }).fill("In October we asked everybody in the block about the stairs.");
  await page.getByLabel("You said", { exact: true }).fill("The lights go out too soon.");
  await page.getByLabel("Who said it").fill("31 answers to the survey of October 2026");
  await page.getByRole("group", { name: "We decided" }).getByRole("radio").first().check();
  await page.getByLabel("Why", { exact: true }).fill("It is safer, and costs little.");
  await page.getByLabel("We did", { exact: true }).fill("The lights now stay on for five minutes.");
  await fillDay(page, new Date());
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await expect(page.getByRole("alert")).toContainText("Saved as a draft");
  await good();
  const draft = new URL(page.url()).pathname;
  await page.goto(`${draft}/edit`);
  await good();
  await page.goto("/what-changed");
  await expect(page.getByText("Lights on the back stairs"), "a draft is not public").toHaveCount(0);

  await context.clearCookies();
  await signIn("manager");
  await page.goto(draft);
  const publish = page.getByRole("button", { name: "Publish it to everyone" });
  if ((await publish.count()) === 0) {
    await context.clearCookies();
    await signIn("administrator");
    await page.goto(draft);
  }
  await publish.click();
  await expect(page.getByRole("alert")).toBeVisible();
  await context.clearCookies();
  await page.goto("/what-changed");
  await page.getByRole("link", { name: "Lights on the back stairs" }).click();
  await expect(page.getByText("stay on for five minutes")).toBeVisible();
  await good();
});
