import type { Locator, Page } from "@playwright/test";
import { answerAll, fillDay, inWords, shopped, signInAs } from "../support/forms.ts";
import { choose, press, signInByKeyboard, tabTo, unfold } from "../support/keyboard.ts";
import { expect, test } from "../support/test.ts";

const SURVEY = /^Residents’ answers/;
const SHOPS = /^Checks by trained residents/;

/** What a source says on a standard's performance page: result, n, interval, period, newest. */
async function source(page: Page, standard: string, name: RegExp): Promise<{ result: string; n: string; newest: string }> {
  await page.goto(`/staff/performance/standards/${standard}`);
  const row = page.getByRole("region", { name: "Three sources" }).getByRole("row").filter({ has: page.getByRole("rowheader", { name }) });
  const cells = await row.getByRole("cell").allInnerTexts();
  return { result: cells[0]!.trim(), n: cells[1]!.trim(), newest: cells[4]!.trim() };
}

/** How many shops of the last twelve months stand behind a standard, on the page that its performance leads to. */
async function shopsOf(page: Page, standard: string): Promise<number> {
  await page.goto(`/staff/performance/standards/${standard}`);
  await page.getByRole("link", { name: "Each item that mystery shoppers tested" }).click();
  return Number((await page.locator("main .ds-lead").innerText()).match(/\((\d+) shops?\)/)?.[1]);
}

/** Answers an open survey on one page. */
async function answer(page: Page, survey: string): Promise<void> {
  await page.goto(`${survey}/all`);
  await answerAll(page);
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.locator(".ds-reference")).toBeVisible();
}

/** Somebody else at a screen of their own, signed in. */
async function colleague(page: Page, role: { email: string; password: string }): Promise<Page> {
  const context = await page.context().browser()!.newContext({ baseURL: new URL(page.url()).origin });
  const other = await context.newPage();
  await signInAs(other, role);
  return other;
}

/** How many answers have come since the figure that is shown: they wait until there are five of them. */
async function waiting(page: Page, standard: string): Promise<number> {
  await page.goto(`/staff/performance/standards/${standard}`);
  const said = page.getByText(/^\d+ more answers? (has|have) come since/);
  return (await said.count()) === 0 ? 0 : Number.parseInt(await said.innerText(), 10);
}

test("A18: each answer to the open survey arrives in the standard that its question measures, and five move its figure", async ({ site, page }) => {
  await page.goto("/surveys");
  await page.locator("main a[href^='/surveys/']").first().click();
  const survey = new URL(page.url()).pathname;
  const manager = await colleague(page, site.person("manager"));
  const standard = "cleaning-satisfaction";
  const shown = async () => Number.parseInt((await source(manager, standard, SURVEY)).n.replace(",", ""), 10);
  // The first answer of today may begin the three months that are shown, whatever day the example was made for.
  await answer(page, survey);
  await expect.poll(async () => (await waiting(manager, standard)) > 0 || (await source(manager, standard, SURVEY)).newest === inWords(new Date())).toBe(true);
  const before = await shown();
  expect(before, "answers before").toBeGreaterThan(5);
  let wait = await waiting(manager, standard);
  for (; wait < 4; wait += 1) {
    await answer(page, survey);
    await expect.poll(() => waiting(manager, standard), { message: "it has arrived" }).toBe(wait + 1);
    expect(await shown(), "and moves no figure by itself").toBe(before);
  }
  await answer(page, survey);
  await expect.poll(shown).toBe(before + 5);
  expect(await waiting(manager, standard)).toBe(0);
  await manager.context().close();
});

test("A18: residents' answers and a shopper's return meet in one standard's performance", async ({ site, page, signIn, context }) => {
  const standard = "name-given";
  await page.goto("/");
  const manager = await colleague(page, site.person("manager"));
  expect((await source(manager, standard, SURVEY)).result, "nobody was asked yet").toBe("Nothing yet");
  const [shopsBefore, newestBefore] = [await shopsOf(manager, standard), (await source(manager, standard, SHOPS)).newest];
  expect(shopsBefore, "shops before").toBeGreaterThan(5);
  expect(newestBefore).not.toBe(inWords(new Date()));

  const survey = await makeSurvey(page, () => signIn("officer"));
  await context.clearCookies();
  for (let people = 0; people < 5; people += 1) await answer(page, survey);
  await expect.poll(() => source(manager, standard, SURVEY), { message: "five answers are enough to show" }).toEqual({ result: "100%", n: "5 answers", newest: inWords(new Date()) });

  await signIn("shopper");
  await page.locator("main li", { hasText: "Call in at the office" }).getByRole("link").first().click();
  await page.getByRole("button", { name: "Yes, I will do this shop" }).click();
  await page.getByRole("link", { name: "Tell us how it went" }).click();
  await fillDay(page, shopped());
  await page.getByLabel("When did you begin?").fill("0:05");
  await page.getByLabel("When did you finish?").fill("0:10");
  for (const item of [/Somebody saw you/, /They gave their name/]) await page.getByRole("group", { name: item }).getByRole("radio", { name: "Not met" }).check();
  for (const item of [/recognise you/, /feel unsafe/]) await page.getByRole("group", { name: item }).getByRole("radio", { name: "No" }).check();
  await page.getByLabel("What happened, in your own words").fill("Nobody came to the desk for five minutes.");
  await page.getByRole("checkbox", { name: /What I have written is true/ }).check();
  await page.getByRole("button", { name: "Check before sending" }).click();
  await page.getByRole("button", { name: "Send my return" }).click();
  const reference = (await page.locator(".ds-reference").innerText()).trim();
  expect(await shopsOf(manager, standard), "a return counts only when it is accepted").toBe(shopsBefore);

  await context.clearCookies();
  await signIn("officer");
  await page.goto("/staff/mystery-shopping/returns");
  await page.getByRole("link", { name: new RegExp(reference) }).click();
  await page.getByLabel("What managers will read").fill("The desk stood empty for five minutes.");
  await page.getByRole("button", { name: "Accept this return" }).click();
  await expect(page.getByRole("alert")).toContainText("It counts from now on");

  await expect.poll(async () => (await source(manager, standard, SHOPS)).newest).toBe(inWords(shopped()));
  await expect(manager.getByText("The desk stood empty for five minutes.")).toBeVisible();
  expect(await shopsOf(manager, standard)).toBe(shopsBefore + 1);
  expect(await source(manager, standard, SURVEY), "the answers stand beside it").toMatchObject({ result: "100%", n: "5 answers" });
  await manager.context().close();
});

/** An officer's open survey of one question that measures "Name given, next step said"; its address. */
async function makeSurvey(page: Page, signIn: () => Promise<void>): Promise<string> {
  const day = 24 * 3600 * 1000;
  await signIn();
  await page.goto("/staff/surveys/new");
  await page.getByLabel("Title").fill("When you last rang us");
  await page.getByLabel("Introduction").fill("One question about your last call.");
  await page.getByLabel("How many minutes it takes").fill("1");
  await page.getByRole("radio", { name: /open link/ }).check();
  await fillDay(page, new Date(Date.now() - day), "Opens on");
  await page.getByLabel("Opens at").fill("09:00");
  await fillDay(page, new Date(Date.now() + 5 * day), "Closes on");
  await page.getByLabel("Closes at").fill("23:59");
  await page.getByLabel("What happens next").fill("We add the answers to what we know of this promise.");
  await page.getByRole("button", { name: "Save" }).click();
  const kinds: Locator = page.getByLabel("Kind of question");
  await kinds.selectOption({ label: (await kinds.locator("option").allInnerTexts()).find((kind) => /five|scale|satisf/i.test(kind))! });
  await page.getByRole("button", { name: "Add a question" }).click();
  await page.getByLabel("Question", { exact: true }).fill("How satisfied were you that you knew who you spoke to?");
  await page.getByRole("radio", { name: /Very satisfied to/ }).check();
  const measured = page.getByLabel("Standard it measures");
  await measured.selectOption({ label: (await measured.locator("option").allInnerTexts()).find((name) => name.includes("Name given"))! });
  await page.getByRole("button", { name: "Save the question" }).click();
  await page.getByText("Publish it", { exact: true }).click();
  await page.getByRole("button", { name: "Publish the survey" }).click();
  await page.goto("/surveys");
  await page.getByRole("link", { name: "When you last rang us" }).click();
  return new URL(page.url()).pathname;
}

test("A01: a manager goes from performance down to the evidence of one standard by keyboard alone", async ({ site, page }) => {
  await signInByKeyboard(page, site.person("manager"));
  await unfold(page);
  await press(page, page.getByRole("link", { name: "Performance", exact: true }));
  await choose(page, page.getByLabel("Area", { exact: true }), "Communal cleaning");
  await choose(page, page.getByLabel("Order", { exact: true }), "Worst first");
  await press(page, page.getByRole("button", { name: "Show" }));
  await expect(page).toHaveURL(/order=worst/);
  await press(page, page.getByRole("link", { name: "Blocks graded A or B" }));
  await expect(page.getByRole("heading", { name: "Three sources" })).toBeVisible();
  await tabTo(page, page.getByRole("region", { name: "Month by month", exact: true }));
  await press(page, page.getByRole("link", { name: "Each item that mystery shoppers tested" }));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Blocks graded A or B");
  await page.goBack();
  await press(page, page.getByRole("link", { name: /^6\.1/ }));
  await expect(page.getByText("The page with photographs, Tern House"), "the action names its evidence").toBeVisible();
  await press(page, page.getByRole("main").getByRole("link", { name: "Blocks graded A or B" }));
  await expect(page).toHaveURL(/\/standards\//);
});
