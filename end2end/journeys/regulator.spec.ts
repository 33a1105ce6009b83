import type { Browser, Page } from "@playwright/test";
import { expectReflow, expectTargets, expectUncut } from "../support/checks.ts";
import { download, readCsv } from "../support/csv.ts";
import { signInAs } from "../support/forms.ts";
import { pick, press } from "../support/keyboard.ts";
import { Reader } from "../support/reader.ts";
import { fact, openCopy } from "../support/surveys.ts";
import { expect, test } from "../support/test.ts";

/** The copy of the example's survey, where residents find it. */
const START = "/surveys/tenant-survey-2";

const SATISFIED = ["Very satisfied", "Fairly satisfied", "Neither satisfied nor dissatisfied", "Fairly dissatisfied", "Very dissatisfied"];
const AGREED = ["Strongly agree", "Agree", "Neither agree nor disagree", "Disagree", "Strongly disagree"];
const NOT_APPLICABLE = "Not applicable/don’t know";
const TENURES = [
  "I rent it from Larkfield Homes",
  "I own a part of it (shared ownership or shared equity)",
  "Neither of these: for example I own all of it, or I am a leaseholder",
];

const AGES = ["Under 35", "35 to 54", "55 to 74", "75 and over"];

/** The regulator's questions in their order, then the landlord's own: the choices of each, and which of them one tenant makes, who is asked them all. */
const ANSWERS: readonly [code: string, choices: readonly string[], chosen: number][] = [
  ["TP01", SATISFIED, 1],
  ["TENURE", TENURES, 0],
  ["A", ["Yes", "No"], 0],
  ["TP02", SATISFIED, 3],
  ["TP03", SATISFIED, 4],
  ["TP04", SATISFIED, 2],
  ["TP05", [...SATISFIED, NOT_APPLICABLE], 0],
  ["TP06", [...SATISFIED, NOT_APPLICABLE], 5],
  ["TP07", [...SATISFIED, NOT_APPLICABLE], 1],
  ["TP08", [...AGREED, NOT_APPLICABLE], 3],
  ["B", ["Yes", "No"], 0],
  ["TP09", SATISFIED, 4],
  ["C", ["Yes", "No", "Don’t know"], 0],
  ["TP10", SATISFIED, 2],
  ["TP11", [...SATISFIED, NOT_APPLICABLE], 5],
  ["TP12", [...SATISFIED, NOT_APPLICABLE], 3],
  ["AREA", ["Millbeck", "Lantern Quay", "Northfold", "Ashcombe Rise", "Saltmarsh", "Prefer not to say"], 2],
  ["AGE", AGES, 1],
];

/** The answers in words. */
const TOLD = ANSWERS.map(([, choices, chosen]) => choices[chosen]!);

/** Each question in its turn: where it stands, and the words of its answer. */
async function eachQuestion(page: Page, answer: (words: string, at: number) => Promise<void>): Promise<void> {
  for (const [at, words] of TOLD.entries()) {
    await expect(page, `question ${at + 1}`).toHaveURL(new RegExp(`/q/${at + 1}$`));
    await answer(words, at);
  }
  await expect(page).toHaveURL(/\/check$/);
}

/** The answers were sent, and this is the page that says so. */
async function expectReceipt(page: Page): Promise<void> {
  await expect(page.locator(".ds-reference")).not.toBeEmpty();
}

/** On a small phone without script, by touch. */
async function onThePhone(page: Page): Promise<void> {
  const looked = async (): Promise<void> => {
    await page.waitForLoadState();
    await expectReflow(page);
    await expectUncut(page);
    await expectTargets(page);
  };
  await page.goto(START);
  await looked();
  await page.getByRole("button", { name: "Start now" }).tap();
  await eachQuestion(page, async (words) => {
    await looked();
    await page.getByRole("radio", { name: words, exact: true }).tap();
    await page.getByRole("button", { name: "Save and go on" }).tap();
  });
  await looked();
  await page.getByRole("button", { name: "Send my answers" }).tap();
  await expectReceipt(page);
}

/** With Tab, Space, the arrows and Enter alone. */
async function byKeyboard(page: Page): Promise<void> {
  await page.goto(START);
  await press(page, page.getByRole("button", { name: "Start now" }));
  await eachQuestion(page, async (words) => {
    await pick(page, page.locator("main form"), words);
    await press(page, page.getByRole("button", { name: "Save and go on" }));
  });
  await press(page, page.getByRole("button", { name: "Send my answers" }));
  await expectReceipt(page);
}

/** By what a screen reader is told, and nothing else. Gives the questions as they were heard. */
async function byScreenReader(page: Page): Promise<string[]> {
  await page.goto(START);
  const reader = await Reader.of(page);
  const go = async (name: string): Promise<void> => {
    await Promise.all([page.waitForEvent("load"), reader.activate("button", name)]);
  };
  const heard: string[] = [];
  await go("Start now");
  await eachQuestion(page, async (words, at) => {
    const [code, choices] = ANSWERS[at]!;
    if (code === "TENURE") await go("Save and go on");
    const said = await reader.read();
    const question = said.find(({ role }) => role === "group")!;
    heard.push(question.name.replace(/ \(optional\)$/, ""));
    const alert = code === "TENURE" ? ["alert: There is a problem", "heading: There is a problem", "link: Choose one answer"] : [];
    expect(said.find(({ role }) => role === "alert")?.isFocused ?? false, "what is wrong is read first").toBe(code === "TENURE");
    expect(said.filter(({ role }) => /^(alert|heading|link|group|radio|button)$/.test(role)).map(({ role, name }) => `${role}: ${name}`), `${code} in the order in which it is read`).toEqual([
      "link: Back",
      ...alert,
      `group: ${question.name}`,
      `heading: ${question.name}`,
      ...choices.map((choice) => `radio: ${choice}`),
      "button: Save and go on",
    ]);
    expect(question.description, `what is said with ${code}`).toMatch(code === "TENURE" ? /^The regulator asks for .* Error: Choose one answer$/ : /^$/);
    expect(said.filter(({ isChecked }) => isChecked), `nothing is chosen for ${code} before it is answered`).toEqual([]);
    await reader.activate("radio", words);
    expect((await reader.read()).filter(({ isChecked }) => isChecked).map(({ name }) => name)).toEqual([words]);
    await go("Save and go on");
  });
  await go("Send my answers");
  const said = await reader.read();
  expect(said.find(({ role }) => role === "heading")?.name).toBe("Thank you");
  return heard;
}

/** In Welsh: each answer by its place among the choices. */
async function inWelsh(page: Page): Promise<void> {
  await page.goto(START);
  await page.getByRole("link", { name: "Cymraeg" }).click();
  await page.getByRole("button", { name: "Dechrau nawr" }).click();
  await eachQuestion(page, async (_, at) => {
    const [code, choices, chosen] = ANSWERS[at]!;
    await expect(page.locator("html")).toHaveAttribute("lang", "cy");
    await expect(page.getByRole("radio"), code).toHaveCount(choices.length);
    await page.getByRole("radio").nth(chosen).check();
    await page.getByRole("button", { name: "Cadw a mynd ymlaen" }).click();
  });
  await page.getByRole("button", { name: "Anfon fy atebion" }).click();
  await expectReceipt(page);
}

/** Chooses the answers on a page that has all questions, some of them otherwise if wanted. */
async function chooseAll(page: Page, otherwise: Record<number, string> = {}): Promise<void> {
  for (const [at, words] of TOLD.entries()) {
    const question = page.getByRole("group", { name: new RegExp(`^${at + 1}\\. `) });
    await question.getByRole("radio", { name: otherwise[at] ?? words, exact: true }).check();
  }
}

/** All questions on one page, at a desk. */
async function onOnePage(page: Page): Promise<void> {
  await page.goto(`${START}/all`);
  await chooseAll(page);
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expectReceipt(page);
}

/** A person with a browser of their own goes one of the ways. */
async function somebody<T>(browser: Browser, baseURL: string, way: (page: Page) => Promise<T>, how: Parameters<Browser["newContext"]>[0] = {}): Promise<T> {
  const context = await browser.newContext({ baseURL, viewport: { width: 1280, height: 900 }, javaScriptEnabled: true, ...how });
  const done = await way(await context.newPage());
  await context.close();
  return done;
}

test.skip(({ javaScriptEnabled }) => javaScriptEnabled === false, "it brings browsers of its own");

test("the regulator's questionnaire is answered by phone without script, keyboard, screen reader, in Welsh, by telephone and by post, and the same answers are stored", async ({ site, page, browser, signIn, context }) => {
  test.setTimeout(240_000);
  await signIn("officer");
  const survey = await openCopy(page, "Tenant survey");
  const expectAnswers = async (many: number): Promise<void> => {
    await page.goto(survey);
    await expect(fact(page, "Answers")).toHaveText(String(many));
  };

  const phone = { viewport: { width: 320, height: 640 }, javaScriptEnabled: false, hasTouch: true, isMobile: true };
  await test.step("on a phone of 320 px without script", () => somebody(browser, site.url, onThePhone, phone));
  await expectAnswers(1);
  await test.step("by keyboard", () => somebody(browser, site.url, byKeyboard));
  await expectAnswers(2);
  const heard = await test.step("by screen reader", () => somebody(browser, site.url, byScreenReader));
  await expectAnswers(3);
  await test.step("in Welsh", () => somebody(browser, site.url, inWelsh));
  await expectAnswers(4);
  await test.step("on one page", () => somebody(browser, site.url, onOnePage));
  await expectAnswers(5);

  // Fewer than five of a way would stand in the file without their way.
  await test.step("by telephone", async () => {
    await page.goto(`${survey}/enter`);
    await page.getByRole("radio", { name: "Telephone" }).check();
    for (let call = 0; call < 5; call += 1) {
      await chooseAll(page);
      await page.getByRole("button", { name: "Keep these answers" }).click();
      await expect(page.getByRole("alert")).toContainText("The answers are kept");
    }
  });
  await expectAnswers(10);

  await test.step("by post, keyed twice", async () => {
    await page.goto(`${survey}/batches`);
    await page.getByLabel("Name of the batch").fill("Monday’s post");
    await page.getByLabel("How many forms").fill("5");
    await page.getByRole("button", { name: "Make the batch" }).click();
    await expect(page.getByRole("alert")).toContainText("The batch is made");
    const batch = page.url();
    await page.getByRole("link", { name: "Form 1" }).click();
    for (const number of [1, 2, 3, 4, 5]) {
      await expect(page.getByRole("heading", { level: 1 })).toContainText(`Enter form ${number}`);
      await chooseAll(page);
      await page.getByRole("button", { name: "Keep this form" }).click();
    }
    await expect(page.locator("main")).toContainText("so a colleague must do that");
    await context.clearCookies();
    await signInAs(page, site.person("administrator"));
    await page.goto(batch);
    const drawn = page.getByRole("link", { name: /^Form \d$/ });
    await drawn.click();
    await chooseAll(page, { 3: "Very satisfied" });
    await page.getByRole("button", { name: "Keep this form" }).click();
    await drawn.click();
    const differences = page.getByRole("table", { name: "Where the two differ" }).getByRole("row");
    await expect(differences, "one question differs").toHaveCount(2);
    await expect(differences.last()).toContainText(/^4\. .*repairs service.*Fairly dissatisfied.*Very satisfied$/);
    await page.getByRole("radio", { name: "What was entered first" }).check();
    await page.getByRole("button", { name: "Settle the form" }).click();
    await page.getByRole("button", { name: "Close the batch" }).click();
    await expect(page.getByRole("alert")).toContainText("5 forms count now");
    await expect(fact(page, "Errors")).toContainText("1 of 18 answers");
  });
  await expectAnswers(15);

  await page.goto(`${survey}/files`);
  const file = await download(page, page.getByRole("button", { name: "Answers as CSV" }));
  const [heads, ...rows] = readCsv(file.text);
  expect(heads, "the questions as they were heard").toEqual(["Came by", ...heard]);
  expect(rows.map(([, ...answers]) => answers), "the same answers, whichever way they came").toEqual(Array.from({ length: 15 }, () => TOLD));
  const ways = ["Open link", "Post", "Telephone"].flatMap((way) => Array.from({ length: 5 }, () => way));
  expect(rows.map(([way]) => way).sort(), "how they came").toEqual(ways);
});
