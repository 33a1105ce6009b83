import { expectErrors } from "../support/checks.ts";
import { expect, test } from "../support/test.ts";

test("an officer reads what moved since the wave before, and weighs the answers by where people live", async ({ page, signIn, good }) => {
  await signIn("officer");
  await page.goto("/staff/surveys");
  await page.getByRole("link", { name: "Your block and estate", exact: true }).click();
  await page.getByRole("link", { name: "Waves", exact: true }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Waves");
  await expect(page.locator("main")).toContainText("worded differently then, so it is not compared");
  await expect(page.locator("main")).toContainText("than last time");
  await good();

  await page.getByRole("link", { name: "Back to the survey" }).click();
  await page.getByRole("link", { name: "See the results" }).click();
  await page.getByRole("link", { name: "Weighting", exact: true }).click();
  await page.getByRole("radio", { name: /raking/ }).check();
  const areas = ["Millbeck", "Lantern Quay", "Northfold", "Ashcombe Rise", "Saltmarsh"];
  for (const area of areas) await page.getByLabel(area, { exact: true }).fill("490");
  await page.getByLabel("Saltmarsh", { exact: true }).fill("many");
  await page.getByRole("button", { name: "Show what these numbers give" }).click();
  await expectErrors(page);
  await expect(page.getByLabel("Saltmarsh", { exact: true })).toHaveValue("many");
  await good();
  await page.getByLabel("Saltmarsh", { exact: true }).fill("490");
  await page.getByRole("button", { name: "Show what these numbers give" }).click();
  await expect(page.getByRole("heading", { name: "What these numbers give" })).toBeVisible();
  await good();
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("The way of weighing was kept");
  await page.getByRole("link", { name: "Back to the results" }).click();
  await expect(page.locator("main")).toContainText("Weighted so that those who answered stand for everybody");
  await good();
});
