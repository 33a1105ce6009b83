import type { Page } from "@playwright/test";
import { expectErrors } from "../support/checks.ts";
import { download, readCsv } from "../support/csv.ts";
import { fillDay } from "../support/forms.ts";
import { fact, openCopy, openStaffPage } from "../support/surveys.ts";
import { expect, test } from "../support/test.ts";

/** A list of homes as a landlord's other program writes it: four by e-mail, two by letter, three by telephone, one not at all. */
const HOMES = [
  "Tenancy ref,Tenant,Mail,Home phone,Address,Estate,Do not contact",
  "G-01,Ann Lark,g01@home.example,,,Gullwick,",
  "G-02,Bob Reed,g02@home.example,,,Gullwick,",
  "G-03,Cleo Finch,g03@home.example,,,Gullwick,",
  "G-04,Dai Wren,g04@home.example,,,Gullwick,",
  "G-05,Eve Rook,not an address,,1 Gull Row,Gullwick,",
  "G-06,Flo Teal,,,2 Gull Row,Gullwick,",
  "G-07,Gus Kite,,01632 960007,,Gullwick,",
  "G-08,Hal Swift,,01632 960008,,Gullwick,",
  "G-09,Ivy Dove,,01632 960009,,Gullwick,",
  "G-10,Jon Crake,g10@home.example,,,Gullwick,yes",
  ",Nobody,,,,Gullwick,",
].join("\n");

const csv = (name: string, text: string) => ({ name, mimeType: "text/csv", buffer: Buffer.from(text) });

/** Answers the survey about heating that a link or a code led to, from its first page to the receipt. */
async function answerHeating(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Start now" }).click();
  await page.getByRole("radio", { name: "Fairly satisfied" }).check();
  const onward = page.getByRole("button", { name: "Save and go on" });
  while (await onward.isVisible()) await onward.click();
  await page.getByRole("button", { name: "Send my answers" }).click();
  await expect(page.locator(".ds-reference")).toBeVisible();
}

test("A18 A09: an officer brings a list of homes, draws a sample, and each home is asked once: by e-mail, letter and telephone", async ({ site, page, signIn, context, good }) => {
  await signIn("officer");
  await page.goto("/staff/homes");
  await page.getByRole("link", { name: "Bring a newer list" }).click();
  await page.getByRole("button", { name: "Look at the list" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("The list").setInputFiles(csv("homes.csv", HOMES));
  await page.getByRole("button", { name: "Look at the list" }).click();
  await expect(page.locator("main")).toContainText("Row 12, column Reference of the home: a home needs a reference");
  await good();
  await page.getByLabel("E-mail address").selectOption({ label: "Tenant: Ann Lark" });
  await page.getByRole("button", { name: "Use these columns" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("E-mail address").selectOption({ label: "Mail: g01@home.example" });
  await page.getByRole("button", { name: "Use these columns" }).click();
  await expect(page.locator("main")).toContainText("“not an address” is not an e-mail address, so it is left out");
  await page.getByRole("radio", { name: /no longer ours/ }).check();
  await page.getByRole("button", { name: "Keep the list" }).click();
  await expect(page.getByRole("alert")).toContainText("The list is kept: 10 new");
  await expect(page.locator("main")).toContainText("10 homes are on the list");
  await page.getByLabel("Reference, name, address or number").fill("crake");
  await page.getByRole("button", { name: "Find" }).click();
  await expect(page.getByRole("row", { name: /^G-10/ })).toContainText("Do not contact");
  await good();

  const survey = await openCopy(page, "Your heating");
  await page.getByRole("link", { name: "Sample of homes" }).click();
  await expect(page.getByRole("group", { name: /^Draw every home of these tenures/ }), "the list names no tenures").toHaveCount(0);
  await page.getByLabel("How many homes").fill("none");
  await page.getByRole("button", { name: "Draw the sample" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("How many homes").fill("");
  await page.getByLabel("Seed").fill("saturday 4 8 15");
  await page.getByRole("button", { name: "Draw the sample" }).click();
  await expect(page.getByRole("alert")).toContainText("9 homes are drawn. Nobody has been asked yet");
  await good();
  const draw = await download(page, page.getByRole("link", { name: "Download the draw (CSV)" }));
  expect(readCsv(draw.text).filter((row) => row.includes("Drawn")).length, "homes that the file names").toBe(9);
  await page.getByRole("button", { name: "Send the invitation to 4 homes" }).click();
  await expect(page.locator("main")).toContainText("E-mails were sent today. A reminder can go out from tomorrow");
  await page.getByRole("button", { name: "Print the letters" }).click();
  await good();
  await expect(page.locator(".ds-letter")).toHaveCount(2);
  const code = (await page.locator(".ds-letter__code").first().innerText()).trim();
  await context.clearCookies();

  // One home answers by its link, another asks to hear no more, a third types the code of its letter.
  const link = await site.linkIn("g01@home.example");
  await page.goto(link);
  await answerHeating(page);
  expect((await page.goto(link))?.status(), "a home counts once").toBe(410);
  await context.clearCookies();
  await page.goto(`${await site.linkIn("g02@home.example")}/stop`);
  await good();
  await page.getByRole("button", { name: "Send us no more about it" }).click();
  await expect(page.getByRole("alert")).toContainText("We send you no more about this survey");
  await page.goto("/s");
  await page.getByRole("button", { name: "Go to the survey" }).click();
  await expectErrors(page);
  await page.getByLabel("Code").fill("ABCDE-23456");
  await page.getByRole("button", { name: "Go to the survey" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Code").fill(code.toLowerCase().replace("-", " "));
  await page.getByRole("button", { name: "Go to the survey" }).click();
  await answerHeating(page);
  await context.clearCookies();

  await signIn("officer");
  await page.goto(`${survey}/calls`);
  await expect(page.locator("main")).toContainText("3 homes can be rung now");
  const ring = async (outcome: string): Promise<void> => {
    await page.getByRole("button", { name: "Ring the next home" }).click();
    await page.getByRole("radio", { name: outcome }).check();
  };
  const note = page.getByRole("button", { name: "Save and go on" });
  await page.getByRole("button", { name: "Ring the next home" }).click();
  await good();
  await note.click();
  await expectErrors(page);
  await page.getByRole("radio", { name: "No answer" }).check();
  await note.click();
  await expect(page.getByRole("alert")).toContainText("Noted");
  await ring("Ring again at a time they named");
  await page.getByLabel("The time to ring again").fill("soon");
  await note.click();
  await expectErrors(page);
  await good();
  await fillDay(page, new Date(Date.now() + 24 * 3600 * 1000));
  await page.getByLabel("The time to ring again").fill("10am");
  await note.click();
  await page.getByRole("button", { name: "Ring the next home" }).click();
  await page.getByRole("link", { name: "Enter their answers" }).click();
  await page.getByRole("group", { name: /^1\. / }).getByRole("radio", { name: "Very satisfied" }).check();
  await page.getByRole("button", { name: "Keep these answers" }).click();
  await expect(page).toHaveURL(/\/calls$/);
  await page.getByRole("button", { name: "Ring the next home" }).click();
  await expect(page.getByRole("alert")).toContainText("Nobody is to be rung just now");
  await expect(page.locator("main")).toContainText("0 homes can be rung now, 2 later");
  await good();
  // Three of nine have answered, and of those who said anything one would rather not.
  await expect(page.locator("main")).toContainText("Response rate 33.3%");
  await expect(page.getByRole("row", { name: /^Would rather not/ })).toContainText("1");
  await page.goto(`${survey}/sample`);
  await expect(fact(page, "Response rate so far")).toHaveText("33.3%");
  await page.getByRole("link", { name: "Find a home to enter its answers" }).click();
  await page.getByLabel("Reference, name, address, number or code").fill("G-01");
  await page.getByRole("button", { name: "Find" }).click();
  await good();
  await page.getByRole("link", { name: /^Enter its answers ?: G-01/ }).click();
  await page.getByRole("radio", { name: "Post" }).check();
  await page.getByRole("group", { name: /^1\. / }).getByRole("radio", { name: "Very satisfied" }).check();
  await page.getByRole("button", { name: "Keep these answers" }).click();
  await expectErrors(page);
  await expect(page.locator("main"), "it has answered by its link").toContainText("Somebody of this home has answered already");
  await page.goto(survey);
  await expect(fact(page, "Answers")).toHaveText("3");
});

test("A18: homes that have not answered are reminded, and homes are asked about what happened there", async ({ site, page, signIn, good }) => {
  await signIn("officer");
  await openStaffPage(page, "Your heating");
  await page.getByRole("link", { name: "Sample of homes" }).click();
  const remind = page.getByRole("button", { name: /^Remind \d+ homes$/ });
  const due = Number((await remind.innerText()).match(/\d+/)![0]);
  const texts = await download(page, page.getByRole("button", { name: /^Download \d+ texts/ }));
  expect(readCsv(texts.text)[1]!.join(" "), "a text message has its link").toContain(`${site.url}/s/`);
  await remind.click();
  await expect.poll(() => site.letters.filter((letter) => letter.subject === "Reminder: Your heating").length, { message: "reminders" }).toBe(due);

  const survey = await openCopy(page, "Your heating");
  await page.goto(`${survey}/sample`);
  await page.getByRole("link", { name: "ask about events" }).click();
  await good();
  await page.getByLabel("Ask this many days after the event").fill("soon");
  await page.getByRole("button", { name: "Ask about events" }).click();
  await expectErrors(page);
  await page.getByLabel("Ask this many days after the event").fill("0");
  await page.getByRole("button", { name: "Ask about events" }).click();
  await expect(page.getByRole("alert")).toContainText("Send the first list of events now");
  const today = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London" }).format(new Date());
  const send = async (list: string): Promise<void> => {
    await page.getByLabel("The list of events").setInputFiles(csv("repairs.csv", list));
    await page.getByRole("button", { name: "Send the list" }).click();
  };
  await send(`Reference,Date\nLH-0001,${today}\nLH-9999,${today}\n`);
  await expectErrors(page);
  await expect(page.locator("main")).toContainText("“LH-9999” is not the reference of a home on the list");
  await good();
  const list = `Reference,Date\nLH-0001,${today}\nLH-0002,${today}\n`;
  await send(list);
  await expect(page.getByRole("alert")).toContainText("The list is kept: 2 new, 0 known before");
  await send(list);
  await expect(page.getByRole("alert"), "the same list asks nobody twice").toContainText("0 new, 2 known before");
  await good();
});
