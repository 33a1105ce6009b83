import { join } from "node:path";
import { expectErrors } from "../support/checks.ts";
import { fillDay } from "../support/forms.ts";
import { expect, test } from "../support/test.ts";

const root = new URL("../..", import.meta.url).pathname;
const SURVEY = "How are we doing?";

test("V20 V24: an officer takes a survey's files, each said with who may take it, and the board takes none", async ({ page, signIn, good }) => {
  await signIn("officer");
  await page.goto("/staff/surveys");
  await page.getByRole("link", { name: SURVEY }).click();
  await page.getByRole("link", { name: "Files", exact: true }).click();
  await good();
  for (const [name, ending] of [["Answers as CSV", "csv"], ["Answers as workbook", "xlsx"], ["Answers for SPSS", "sav"]] as const) {
    const [file] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    expect(file.suggestedFilename()).toMatch(new RegExp(`-answers\\.${ending}$`));
  }
  await expect(page.getByRole("listitem").filter({ hasText: /^Single answers/ })).toContainText("Performance analyst");
  const at = page.url();
  await page.context().clearCookies();
  await signIn("board");
  await page.goto(at);
  await expect(page.getByRole("button", { name: /^Answers/ })).toHaveCount(0);
  await good();
});

test("A09: an officer makes a survey from one of LimeSurvey, publishes it, and brings an agency's answers in once", async ({ page, signIn, good }) => {
  await signIn("officer");
  await page.goto("/staff/surveys");
  await page.getByRole("link", { name: "Make one from a file" }).click();
  await page.getByRole("button", { name: "Read the file" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("The file").setInputFiles(join(root, "tests/fixtures/limesurvey.lss"));
  await page.getByRole("button", { name: "Read the file" }).click();
  await expect(page.getByRole("heading", { name: "What could not be taken over as it was" })).toBeVisible();
  await expect(page.getByRole("rowheader", { name: "Question PHOTO" })).toBeVisible();
  await good();
  await page.getByLabel("Title").fill("");
  await page.getByRole("button", { name: "Make the draft" }).click();
  await expectErrors(page);
  await expect(page.getByRole("rowheader", { name: "Question PHOTO" }), "the list stays").toBeVisible();
  await good();
  await page.getByLabel("Title").fill("Your repair");
  await fillDay(page, new Date(Date.now() - 24 * 3600 * 1000), "Opens on");
  await page.getByRole("button", { name: "Make the draft" }).click();
  await expect(page.getByRole("alert")).toContainText("The draft was made");
  await page.getByText("Publish it", { exact: true }).click();
  await page.getByRole("button", { name: "Publish the survey" }).click();
  await good();

  await page.getByRole("link", { name: "Bring answers in from a file" }).click();
  await page.getByRole("button", { name: "Read the file" }).click();
  await expectErrors(page);
  await good();
  const rows = "Serial,Have you had a repair?,Rating\n1,Yes,2\n2,Maybe,1\n";
  const file = (text: string) => ({ name: "agency.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.getByLabel("The file").setInputFiles(file(rows));
  await page.getByRole("button", { name: "Read the file" }).click();
  await good();
  await page.getByRole("button", { name: "Show me how it is read" }).click();
  await expectErrors(page);
  await good();
  await page.getByRole("radio", { name: "Telephone" }).check();
  await page.getByLabel(/^Rating/).selectOption({ label: "q2: How satisfied were you with it?" });
  await page.getByRole("button", { name: "Show me how it is read" }).click();
  await expect(page.locator("main")).toContainText("Row 3, column Have you had a repair?: “Maybe” is none of its answers");
  await expect(page.getByRole("button", { name: "Bring the answers in" })).toHaveCount(0);
  await good();
  await page.getByRole("link", { name: "Choose another file" }).click();
  await page.getByLabel("The file").setInputFiles(file(rows.replace("Maybe", "No").replace("2,No,1", "2,No,")));
  await page.getByRole("button", { name: "Read the file" }).click();
  await page.getByRole("radio", { name: "Telephone" }).check();
  await page.getByLabel(/^Rating/).selectOption({ label: "q2: How satisfied were you with it?" });
  await page.getByRole("button", { name: "Show me how it is read" }).click();
  await page.getByRole("button", { name: "Bring the answers in" }).click();
  await expect(page.getByRole("alert")).toContainText("2 people’s answers were brought in");
  await good();
});
