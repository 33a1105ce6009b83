import type { Page } from "@playwright/test";
import { expectErrors } from "../support/checks.ts";
import { openCopy, openStaffPage, rowOf } from "../support/surveys.ts";
import { expect, test } from "../support/test.ts";

const OVERALL = "Taking everything into account, how satisfied or dissatisfied are you with the service from Larkfield Homes?";
const AREA = "Where do you live?";
const REPAIR = "Have we done a repair in your home in the last 12 months?";

/** So many people of an area who had a repair or not: how many are very satisfied, how many very dissatisfied. */
const PEOPLE: readonly [area: string, repair: string, satisfied: number, dissatisfied: number][] = [
  ["Millbeck", "Yes", 12, 8],
  ["Millbeck", "No", 6, 14],
  ["Northfold", "Yes", 10, 10],
  ["Northfold", "No", 10, 10],
];

/** The answers of people as an agency sends them. */
function agencyFile(people: typeof PEOPLE): { name: string; mimeType: string; buffer: Buffer } {
  const times = (many: number, row: string): string[] => Array.from({ length: many }, () => row);
  const rows = people.flatMap(([area, repair, satisfied, dissatisfied]) => [
    ...times(satisfied, `Very satisfied,${area},${repair}`),
    ...times(dissatisfied, `Very dissatisfied,${area},${repair}`),
  ]);
  return { name: "agency.csv", mimeType: "text/csv", buffer: Buffer.from([`"${OVERALL}",${AREA},${REPAIR}`, ...rows].join("\n")) };
}

async function bringIn(page: Page, survey: string, people: typeof PEOPLE): Promise<void> {
  await page.goto(`${survey}/import`);
  await page.getByLabel("The file").setInputFiles(agencyFile(people));
  await page.getByRole("button", { name: "Read the file" }).click();
  await page.getByRole("radio", { name: "Telephone" }).check();
  await page.getByRole("button", { name: "Show me how it is read" }).click();
  await page.getByRole("button", { name: "Bring the answers in" }).click();
  await expect(page.getByRole("alert")).toContainText("answers were brought in");
}

/** The cells of a row of the table, each as a share with how many people, or as what stands in their place. */
async function line(page: Page, name: string): Promise<string[]> {
  return (await rowOf(page, name).getByRole("cell").allInnerTexts()).map((cell) => cell.split(/\s+/).join(" ").trim());
}

test("A09: an officer compares two questions, for everybody and for some, and what few people said stays hidden", async ({ page, signIn, good }) => {
  await signIn("officer");
  await openStaffPage(page, "Your block and estate");
  await page.getByRole("link", { name: "See the results" }).click();
  await page.getByRole("link", { name: "Compare two questions" }).click();
  const [rows, columns, only] = [page.getByLabel("Down the side"), page.getByLabel("Across the top"), page.getByLabel("Only people who answered")];
  const show = page.getByRole("button", { name: "Show" });
  await rows.selectOption({ label: AREA });
  await show.click();
  await expectErrors(page);
  await good();
  await rows.selectOption({ label: "I feel safe where I live after dark" });
  await columns.selectOption({ label: AREA });
  await show.click();
  await good();
  // Nobody works out a hidden number: wherever the sum stands, none is hidden or more than one.
  const points = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"];
  const cells = await Promise.all(points.map((point) => line(page, point)));
  const sums = await line(page, "People");
  expect(cells.flat().filter((cell) => cell === "Hidden").length, "hidden cells").toBeGreaterThan(1);
  for (const [at, sum] of sums.entries()) expect(cells.filter((row) => row[at] === "Hidden").length, `hidden cells of a column of ${sum}`).not.toBe(1);
  for (const [at, row] of cells.entries()) expect(row.filter((cell) => cell === "Hidden").length, `hidden cells of “${points[at]}”`).not.toBe(1);
  await expect(page.locator("main")).toContainText("or where another hidden number could be worked out");

  const survey = await openCopy(page, "How are we doing?");
  await bringIn(page, survey, PEOPLE);
  await page.goto(`${survey}/cross-tab`);
  await rows.selectOption({ label: OVERALL });
  await columns.selectOption({ label: AREA });
  await show.click();
  const everybody = { satisfied: await line(page, "Very satisfied"), people: await line(page, "People") };
  expect(everybody.satisfied[0]).toBe("45% 18");
  expect(everybody.satisfied.at(-1)).toBe("48% 38");
  expect(everybody.people.at(-1)).toBe("80");
  await only.selectOption({ label: `${REPAIR} – Yes` });
  await show.click();
  await expect(page.locator("main")).toContainText(`Only people whose answer to “${REPAIR}” is: Yes.`);
  expect((await line(page, "Very satisfied"))[0]).toBe("60% 12");
  expect((await line(page, "Very dissatisfied"))[0]).toBe("40% 8");
  expect((await line(page, "People")).at(-1)).toBe("40");
  await good();
  // Three people more, and the filter would say what they answered.
  await bringIn(page, survey, [["Saltmarsh", "No", 3, 0]]);
  await page.goto(`${survey}/cross-tab`);
  await rows.selectOption({ label: OVERALL });
  await columns.selectOption({ label: AREA });
  await only.selectOption({ label: `${REPAIR} – Yes` });
  await show.click();
  await expect(page.locator("main")).toContainText("Not shown with this filter: somewhere in the tables of these three questions are fewer than 5 people");
  await expect(page.getByRole("table")).toHaveCount(0);
  await good();
});
