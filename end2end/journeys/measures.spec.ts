import { expectErrors } from "../support/checks.ts";
import { fillDay } from "../support/forms.ts";
import { expect, test } from "../support/test.ts";

test("F61: an officer makes the regulator's survey, a part owner answers it, and the margin is watched", async ({ page, signIn, good, context }) => {
  await signIn("officer");
  await page.goto("/staff/surveys/new");
  await page.getByRole("radio", { name: /Tenant satisfaction measures/ }).check();
  await page.getByLabel("Title").fill("All tenants and part owners");
  await page.getByLabel("Introduction").fill("Tell us how we are doing.");
  await page.getByLabel("How many minutes it takes").fill("10");
  const day = 24 * 3600 * 1000;
  await fillDay(page, new Date(Date.now() - day), "Opens on");
  await fillDay(page, new Date(Date.now() + 5 * day), "Closes on");
  await page.getByLabel("What happens next").fill("We publish what you said.");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByRole("alert")).toContainText("with the regulator’s questions");
  await expect(page.getByText(/TP12 · the regulator’s question/)).toBeVisible();
  await expect(page.getByText(/Remove question/)).toHaveCount(0);
  await good();
  const survey = new URL(page.url()).pathname;

  await page.getByText("Publish it", { exact: true }).click();
  await page.getByRole("button", { name: "Publish the survey" }).click();
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.getByRole("alert")).toContainText("how many minutes it takes");
  await page.getByRole("link", { name: "Change title, times and texts" }).click();
  await page.getByLabel("Introduction").fill("It takes about 10 minutes. Your answers are used to work out our tenant satisfaction measures, which are published every year.");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Publish it", { exact: true }).click();
  await page.getByRole("button", { name: "Publish the survey" }).click();
  await expect(page.getByRole("alert")).toContainText("The survey is published");

  await page.getByRole("link", { name: "Measures and margins" }).click();
  await expect(page.locator("main"), "the list of homes says how many there are").toContainText("Part-owned (LCHO)");
  await page.getByLabel("Rented homes (LCRA)").fill("");
  await page.getByRole("button", { name: "Save the homes" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Rented homes (LCRA)").fill("8,797");
  await page.getByLabel("Part-owned homes (LCHO)").fill("84");
  await page.getByRole("button", { name: "Save the homes" }).click();
  await expect(page.locator("main")).toContainText("562 answers");
  await good();
  await page.getByRole("link", { name: "Summary of approach" }).click();
  await page.getByRole("button", { name: "Save the summary" }).click();
  await expectErrors(page);
  await good();
  await context.clearCookies();

  await page.goto("/surveys/all-tenants-and-part-owners");
  await page.getByRole("button", { name: "Start now" }).click();
  const next = async (choice: RegExp): Promise<void> => {
    await page.getByRole("radio", { name: choice }).first().check();
    await page.getByRole("button", { name: "Save and go on" }).click();
  };
  await next(/Fairly satisfied/);
  await page.getByRole("button", { name: "Save and go on" }).click();
  await expectErrors(page);
  await good();
  await next(/I own a part of it/);
  await expect(page.getByRole("heading", { level: 1 }), "nothing is asked about repairs").toContainText("a home that is safe");
  await good();
  await next(/Not applicable\/don’t know/);
  for (let left = 0; left < 2; left += 1) await next(/Fairly satisfied/);
  await next(/^Agree/);
  await next(/^No/);
  await next(/Don’t know/);
  for (let left = 0; left < 2; left += 1) await next(/Very satisfied/);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Check your answers");
  await good();
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.locator("main")).toContainText("Thank you");

  await signIn("officer");
  await page.goto(`${survey}/measures`);
  await expect(page.locator("main")).toContainText("Too few people have answered to say more");
});
