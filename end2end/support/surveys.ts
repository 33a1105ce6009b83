import { expect, type Locator, type Page } from "@playwright/test";
import type { Site } from "./site.ts";
import { fillDay, signInAs } from "./forms.ts";

const DAY = 24 * 3600 * 1000;

/** What stands beside a name in a page's list of facts. */
export function fact(page: Page, name: string): Locator {
  return page.locator("dl dt", { hasText: new RegExp(`^${name}$`) }).locator("xpath=following-sibling::dd");
}

/** The row of a table under a heading of its own. */
export function rowOf(page: Page, name: string, table: Locator = page.locator("main")): Locator {
  return table.getByRole("row").filter({ has: page.getByRole("rowheader", { name, exact: true }) });
}

/** Opens a survey's page for staff by its title, and gives its address. */
export async function openStaffPage(page: Page, title: string): Promise<string> {
  await page.goto("/staff/surveys");
  await page.getByRole("link", { name: title, exact: true }).click();
  await expect(page.getByRole("heading", { level: 1, name: title })).toBeVisible();
  return new URL(page.url()).pathname;
}

/** Copies a survey of the example, opens the copy from yesterday for six days, and publishes it. The address of its page for staff. */
export async function openCopy(page: Page, title: string): Promise<string> {
  await openStaffPage(page, title);
  await page.getByRole("button", { name: "Make a copy" }).click();
  await expect(page.getByRole("alert")).toContainText("The copy is a draft");
  const survey = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Change title, times and texts" }).click();
  await fillDay(page, new Date(Date.now() - DAY), "Opens on");
  await fillDay(page, new Date(Date.now() + 5 * DAY), "Closes on");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Publish it", { exact: true }).click();
  await page.getByRole("button", { name: "Publish the survey" }).click();
  await expect(page.getByRole("alert")).toContainText("The survey is published");
  return survey;
}

/** Prepares the results of a survey that has closed as an officer, and approves them as a manager, who stays signed in. */
export async function publishResults(page: Page, site: Site, survey: string): Promise<void> {
  await signInAs(page, site.person("officer"));
  await page.goto(`${survey}/publishing`);
  await page.getByRole("button", { name: "Prepare the results" }).click();
  await page.context().clearCookies();
  await signInAs(page, site.person("manager"));
  await page.goto(`${survey}/publishing`);
  await page.getByRole("button", { name: "Approve and publish" }).click();
  await expect(page.getByRole("alert")).toContainText("The results are published");
}
