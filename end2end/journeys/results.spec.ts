import { expectErrors } from "../support/checks.ts";
import { download, readCsv } from "../support/csv.ts";
import { openStaffPage, publishResults, rowOf } from "../support/surveys.ts";
import { expect, test } from "../support/test.ts";

const PUBLIC = "/surveys/your-block-and-estate";

/** What the journey reads of the open data; `docs/results-json.md` says what else there is. */
interface Results {
  version: number;
  survey: { title: string };
  method: { people: number; smallest_base: number; rounded_to: number };
  questions: { text: string; items: { about: string | null; base: number | null; hidden: string | null; answers: { answer: string; people: number | null; per_cent: number | null }[] }[] }[];
}

test("V19 A18: results become public when a second person approves them, and the open data says what the page says", async ({ site, page, signIn, context, good }) => {
  await signIn("officer");
  const survey = await openStaffPage(page, "Your block and estate");
  await page.getByRole("link", { name: "Publish the results" }).click();
  await page.getByRole("button", { name: "Prepare the results" }).click();
  await expect(page.locator("main")).toContainText("somebody else must approve it");
  await expect(page.getByRole("button", { name: "Approve and publish" }), "nobody approves their own work").toHaveCount(0);
  await good();
  await context.clearCookies();
  const representations = ["results", "results.json", "results.csv"].map((path) => `${PUBLIC}/${path}`);
  for (const path of representations) expect((await page.request.get(path)).status(), `${path} before anybody approved`).toBe(404);
  await page.goto(PUBLIC);
  await expect(page.locator("main")).toContainText("The results will appear here when they have been read");

  await signIn("manager");
  await page.goto(`${survey}/publishing`);
  await page.getByRole("button", { name: "Send it back" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Or say what is wrong").fill("Five paper forms are still in the post room.");
  await page.getByRole("button", { name: "Send it back" }).click();
  await expect(page.getByRole("alert")).toContainText("Nothing became public");
  for (const path of representations) expect((await page.request.get(path)).status(), `${path} after it was sent back`).toBe(404);
  await context.clearCookies();
  await publishResults(page, site, survey);
  await good();
  await context.clearCookies();

  await page.goto(PUBLIC);
  await page.getByRole("link", { name: "See what people told us" }).click();
  await good();
  await expect(page.locator("main")).toContainText("One person prepared them and another approved them");
  const data = (name: string) => page.getByRole("link", { name, exact: true });
  const json = (await (await page.request.get((await data("JSON").getAttribute("href"))!)).json()) as Results;
  expect([json.version, json.survey.title]).toEqual([1, "Your block and estate"]);
  await expect(page.locator("main")).toContainText(new RegExp(`About ${json.method.people} people`));
  const file = await download(page, data("CSV"));
  expect(file.name).toBe("your-block-and-estate-results-1.csv");
  const [heads, ...lines] = readCsv(file.text);
  expect(heads!.slice(0, 4)).toEqual(["Question", "Answer", "People", "Per cent"]);
  const { smallest_base, rounded_to } = json.method;
  let shown = 0;
  for (const { text, items } of json.questions) {
    for (const { about, base, hidden, answers } of items) {
      if (hidden === null) expect(base, `people of “${text}”`).toBeGreaterThanOrEqual(smallest_base);
      for (const { answer, people, per_cent } of answers) {
        const line = lines.find(([question, words]) => question === [text, about].filter(Boolean).join(" – ") && words === answer);
        expect(line?.slice(2, 4), `“${answer}” to “${text}” in the CSV`).toEqual([String(people ?? "hidden"), String(per_cent ?? "hidden")]);
        if (people !== null) expect(people % rounded_to, `${people} is rounded`).toBe(0);
        shown += people === null ? 0 : 1;
      }
    }
  }
  expect(shown, "figures that are shown").toBeGreaterThan(20);
  const safe = json.questions.find(({ text }) => text === "I feel safe where I live after dark")!.items[0]!;
  const table = page.getByRole("table", { name: "How people answered: I feel safe where I live after dark" });
  for (const { answer, people, per_cent } of safe.answers) {
    await expect(rowOf(page, answer, table).getByRole("cell"), `“${answer}” on the page`).toHaveText([`${per_cent}%`, String(people)]);
  }
});
