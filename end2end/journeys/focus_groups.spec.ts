import { expectErrors } from "../support/checks.ts";
import { fillDay } from "../support/forms.ts";
import { press, tabTo, type } from "../support/keyboard.ts";
import { expect, test } from "../support/test.ts";

test("A18 A09: a resident joins a focus group, gets a letter with a calendar file, and withdraws by its link @everywhere", async ({ site, page, good }) => {
  await page.goto("/");
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Have your say" }).click();
  await good();
  const group = page.locator("main li", { hasText: /places? left/ }).locator("a[href^='/focus-groups/']").first();
  await group.click();
  await good();
  await page.getByRole("link", { name: "Sign up for a place" }).click();
  await good();
  await page.getByRole("button", { name: "Sign me up" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Your name").fill("Ceri Ŵyn");
  await page.getByRole("button", { name: "Sign me up" }).click();
  await expectErrors(page);
  await expect(page.getByLabel("Your name")).toHaveValue("Ceri Ŵyn");
  await page.getByLabel("E-mail address").fill("ceri@resident.example");
  const needs = page.getByRole("checkbox");
  if ((await needs.count()) > 0) await needs.first().check();
  await page.getByRole("button", { name: "Sign me up" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("You have a place");
  await good();

  const letter = await site.lastMail("ceri@resident.example");
  const calendar = letter.attachments.find((file) => file.contentType.startsWith("text/calendar"));
  expect(calendar?.content.toString("utf8")).toContain("BEGIN:VEVENT");
  const link = await site.linkIn("ceri@resident.example");
  await page.goto(link);
  await expect(page.getByRole("heading", { level: 1 }), "opening the link changes nothing").toContainText("You have a place");
  await page.getByRole("link", { name: /give up my place/i }).click();
  await good();
  await page.getByRole("button", { name: "Yes, give up my place" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("You have withdrawn");
  await good();
});

test("A01: signing up, and giving the place up by the link in the letter, by keyboard alone", async ({ site, page }) => {
  await page.goto("/have-your-say");
  await press(page, page.locator("main li", { hasText: /places? left/ }).locator("a[href^='/focus-groups/']").first());
  await press(page, page.getByRole("link", { name: "Sign up for a place" }));
  await type(page, page.getByLabel("Your name"), "Sam Key");
  await type(page, page.getByLabel("E-mail address"), "sam@resident.example");
  await press(page, page.getByRole("button", { name: "Sign me up" }));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("You have a place");
  await page.goto(await site.linkIn("sam@resident.example"));
  await press(page, page.getByRole("link", { name: /give up my place/i }));
  await press(page, page.getByRole("button", { name: "Yes, give up my place" }));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("You have withdrawn");
  await tabTo(page, page.getByRole("link", { name: "sign up again" }));
});

test("A18: a full group puts people on the waiting list, in order", async ({ page, good }) => {
  await page.goto("/have-your-say");
  const full = page.locator("main li", { hasText: /full|waiting list/i }).locator("a[href^='/focus-groups/']").first();
  await full.click();
  await page.getByRole("link", { name: "Join the waiting list" }).click();
  await page.getByLabel("Your name").fill("Last In Line");
  await page.getByLabel("Phone number").fill("01632 960 056");
  await page.getByRole("button", { name: "Put me on the waiting list" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("You are on the waiting list");
  await expect(page.getByText(/You are number \d+/).first()).toBeVisible();
  await good();
});

test("A09: an officer plans a focus group, and throws the draft away when asked once more", async ({ page, signIn, good }) => {
  await signIn("officer");
  await page.goto("/staff/focus-groups/new");
  await page.getByLabel("Title", { exact: true }).fill("Doors and windows");
  await page.getByLabel("What it is for").fill("To hear about windows.");
  await page.getByLabel("What people can change").fill("Which blocks come first.");
  await page.getByLabel("What cannot change, and why").fill("The budget is set.");
  await fillDay(page, new Date(Date.now() + 40 * 24 * 3600 * 1000));
  await page.getByLabel("Starts at").fill("14:00");
  await page.getByLabel("Ends at").fill("15:30");
  await page.getByLabel("Where", { exact: true }).fill("Hall");
  await page.getByRole("button", { name: "Save as a draft" }).click();
  await expect(page.getByRole("button", { name: "Open it to residents" })).toBeVisible();
  await good();
  await page.getByRole("link", { name: "Throw the draft away" }).click();
  await good();
  await page.getByRole("button", { name: "Throw the draft away" }).click();
  await expect(page.getByRole("alert")).toContainText("The draft is gone");
  await expect(page.getByText("Doors and windows")).toHaveCount(0);
});
