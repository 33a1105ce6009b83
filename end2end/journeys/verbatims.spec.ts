import type { Page } from "@playwright/test";
import { expectErrors } from "../support/checks.ts";
import { signInAs } from "../support/forms.ts";
import { openStaffPage, publishResults } from "../support/surveys.ts";
import { expect, test } from "../support/test.ts";

const QUESTION = "What one thing would make your block or estate better?";

/** Puts the answers that wait for this person under a theme, or under none, until no more wait. Gives how many there were. */
async function lookAtAll(page: Page, under: (at: number) => string): Promise<number> {
  const save = page.getByRole("button", { name: "Save and go on" });
  let looked = 0;
  for (; await save.isVisible(); looked += 1) {
    await page.getByRole("checkbox", { name: under(looked) }).check();
    await save.click();
    await page.waitForLoadState();
  }
  return looked;
}

test("A18 A09: what people wrote is put under themes, checked by a second person, read, and shown without what would give somebody away", async ({ site, page, signIn, context, good }) => {
  test.setTimeout(180_000);
  await signIn("analyst");
  const survey = await openStaffPage(page, "Your block and estate");
  await page.getByRole("link", { name: "What people wrote" }).click();
  await page.getByRole("link", { name: QUESTION }).click();
  const words = page.url();
  await page.getByRole("link", { name: "Themes", exact: true }).click();
  await page.getByRole("button", { name: "Add the theme" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Name").fill("Being told");
  await page.getByRole("button", { name: "Add the theme" }).click();
  await expect(page.getByRole("alert")).toContainText("The theme was added");
  await page.getByRole("link", { name: /^Change ?: “Being told”/ }).click();
  await page.getByLabel("What belongs under it").fill("Notice boards, rotas, and what came of a report.");
  await page.getByRole("button", { name: "Save the words" }).click();
  await expect(page.locator("main")).toContainText("Notice boards, rotas, and what came of a report.");

  // The first person takes what is left; nothing can be saved without a tick.
  await page.goto(words);
  await page.getByRole("link", { name: "Put answers under themes" }).click();
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expectErrors(page);
  await good();
  const first = await lookAtAll(page, (at) => (at === 0 ? "Being told" : "None of these"));
  expect(first, "answers that waited for a first person").toBeGreaterThan(3);
  await expect(page.locator("main")).toContainText("No answer waits to be put under themes");
  await page.goto(`${words}/second`);
  await expect(page.locator("main"), "nobody checks themselves").toContainText("Somebody else must check them");
  await context.clearCookies();

  // The second person does not see what the first one found.
  await signIn("officer");
  await page.goto(`${words}/check`);
  await page.getByRole("link", { name: "Check answers" }).click();
  await expect(page.getByRole("checkbox", { checked: true })).toHaveCount(0);
  await good();
  const second = await lookAtAll(page, () => "None of these");
  expect(second, "answers that waited for a second person").toBeGreaterThan(first);
  await expect(page.getByRole("alert")).toContainText("Every answer that was drawn is checked");
  const agreement = page.getByRole("table", { name: /^Of \d+ answers that two people coded/ });
  await expect(agreement.getByRole("row", { name: /^Being told/ })).toContainText(/\d\d%/);
  await expect(page.getByRole("heading", { name: "Seen differently" })).toBeVisible();
  await good();
  await page.getByRole("link", { name: /^Settle it/ }).first().click();
  await good();
  const settle = page.getByRole("button", { name: "Save what counts" });
  for (let settled = 0; await settle.isVisible(); settled += 1) {
    await page.getByRole("checkbox", { name: settled === 0 ? "Being told" : "None of these" }).check();
    await settle.click();
    await page.waitForLoadState();
  }
  await expect(page.getByRole("alert")).toContainText("Every difference is settled");
  await expect(page.getByRole("heading", { name: "Seen differently" })).toHaveCount(0);

  // Two answers are read: of one a part is taken out, the other is not shown.
  const find = async (part: string): Promise<void> => {
    await page.goto(words);
    await page.getByLabel("Words in the answer").fill(part);
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByRole("link", { name: "Decide whether to show it" }).click();
  };
  await find("neighbour in her chair");
  await page.getByLabel("Other words to take out").fill("my cousin");
  await page.getByRole("button", { name: "Take these out and look again" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Other words to take out").fill("my neighbour in her chair");
  await page.getByLabel("What they would give away").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Take these out and look again" }).click();
  await expect(page.getByRole("heading", { name: "As it would be shown" })).toBeVisible();
  await good();
  await page.getByRole("button", { name: "It may be shown without these parts" }).click();
  await find("afraid to come home");
  await page.getByRole("button", { name: "Do not show it" }).click();
  await page.goto(`${words}/publish`);
  await expect(page.locator("main"), "the results come first").toContainText("Publish the results of the survey first");
  await context.clearCookies();

  await publishResults(page, site, survey);
  await context.clearCookies();
  await signInAs(page, site.person("officer"));
  await page.goto(`${words}/publish`);
  await good();
  await page.getByLabel("How many answers residents can read at most").fill("many");
  await page.getByRole("button", { name: "Publish what people wrote" }).click();
  await expectErrors(page);
  await page.getByLabel("How many answers residents can read at most").fill("5");
  await page.getByRole("button", { name: "Publish what people wrote" }).click();
  await expect(page.getByRole("alert")).toContainText("What people wrote is published with the results");
  await context.clearCookies();

  await page.goto("/surveys/your-block-and-estate/results");
  await expect(page.getByRole("table", { name: `What people wrote about: ${QUESTION}` }).getByRole("rowheader", { name: "Being told" })).toBeVisible();
  const quotes = page.locator(".ds-quotes");
  await expect(quotes).toContainText("Cars park across the drop kerb");
  await expect(quotes, "what was taken out").not.toContainText("in her chair");
  await expect(quotes, "what is not shown").not.toContainText("afraid to come home");
  await good();
});
