import { expectErrors } from "../support/checks.ts";
import { fillDay, inWords, picture, shopped } from "../support/forms.ts";
import { attach, pick, press, signInByKeyboard, tabTo, tick, type, typeDay } from "../support/keyboard.ts";
import { expect, test } from "../support/test.ts";

test("A18 A09: a shopper files a return with a photo on a phone; an officer moderates it; it counts without a name @everywhere", async ({ page, signIn, good, context }) => {
  await signIn("shopper");
  await page.goto("/shops");
  await good();
  await page.locator("main li", { hasText: "Look round an empty home" }).getByRole("link").first().click();
  await good();
  await page.getByRole("link", { name: "Go on with your return" }).click();
  await good();
  await page.getByLabel("What happened, in your own words").fill("");
  await page.getByRole("button", { name: "Check before sending" }).click();
  await expectErrors(page);
  await good();

  const day = shopped();
  await fillDay(page, day);
  await page.getByLabel("When did you begin?").fill("0:05");
  await page.getByLabel("When did you finish?").fill("0:10");
  const items = page.locator("main fieldset", { has: page.locator("input[type=radio]") });
  for (let at = 0; at < (await items.count()); at += 1) {
    const item = items.nth(at);
    if (/recognise|unsafe/.test((await item.locator("legend").innerText()).toLowerCase())) await item.getByRole("radio", { name: "No" }).check();
    else await item.getByRole("radio").first().check();
  }
  for (const number of await page.getByLabel(/^How many/).all()) await number.fill("2");
  await page.getByLabel("What happened, in your own words").fill("The phone rang twice. A person answered & knew what to do.");
  await page.getByLabel("Add another photo").first().setInputFiles({ name: "../../etc/<b>stairs</b>.png", mimeType: "image/png", buffer: picture() });
  await page.getByLabel("Another photo: what does it show?").fill("The notice in the hall");
  await page.getByRole("button", { name: "Keep these photos" }).click();
  await expect(page.getByText("Photo 2 is kept")).toBeVisible();
  await good();
  await page.getByRole("checkbox", { name: /What I have written is true/ }).check();
  await page.getByRole("button", { name: "Check before sending" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check your return" })).toBeVisible();
  await good();
  await page.getByRole("button", { name: "Send my return" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your return is sent" })).toBeVisible();
  await good();
  const reference = (await page.locator(".ds-reference").innerText()).trim();

  await context.clearCookies();
  await signIn("officer");
  await page.goto("/staff/mystery-shopping/returns");
  await good();
  await page.getByRole("link", { name: new RegExp(reference) }).click();
  await good();
  await page.getByLabel("What managers will read").fill("The phone was answered after two rings by somebody who knew what to do.");
  await page.getByRole("button", { name: "Accept this return" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await good();

  await context.clearCookies();
  await signIn("manager");
  await page.goto("/staff/performance");
  await good();
  await page.getByRole("link", { name: "Blocks graded A or B" }).click();
  await expect(page.getByText("answered after two rings"), "the manager reads what was found").toBeVisible();
  const newest = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: /^Checks by trained residents/ }) }).getByRole("cell").last();
  await expect.poll(() => page.reload().then(() => newest.innerText()), { message: "the return counts" }).toBe(inWords(day));
  expect(await page.locator("main").innerText(), "nobody is named").not.toContain("Sol Wander");
  await good();
});

test("A01: a shopper takes a shop and sends the return with a photo, and an officer moderates it, by keyboard alone", async ({ site, page, context }) => {
  await signInByKeyboard(page, site.person("shopper"));
  await press(page, page.locator("main li", { hasText: "Call in at the office" }).getByRole("link").first());
  await press(page, page.getByRole("button", { name: "Yes, I will do this shop" }));
  await press(page, page.getByRole("link", { name: /Tell us how it went/ }));
  await typeDay(page, shopped());
  await type(page, page.getByLabel("When did you begin?"), "0:05");
  await type(page, page.getByLabel("When did you finish?"), "0:10");
  await pick(page, page.getByRole("group", { name: /Somebody saw you/ }), "Met");
  await type(page, page.getByLabel(/^How many/), "4");
  await pick(page, page.getByRole("group", { name: /They gave their name/ }), "Not met");
  await type(page, page.getByLabel("What happened, in your own words"), "I waited four minutes by the window. The badge was hidden.");
  await attach(page, page.getByLabel("Add a photo", { exact: true }), { name: "desk.png", mimeType: "image/png", buffer: picture() });
  await type(page, page.getByLabel("What does it show?"), "The front desk");
  await press(page, page.getByRole("button", { name: "Keep these photos" }));
  await expect(page.getByText("Photo 1 is kept")).toBeVisible();
  await pick(page, page.getByRole("group", { name: /recognise you/ }), "No");
  await pick(page, page.getByRole("group", { name: /feel unsafe/ }), "No");
  await tick(page, page.getByRole("checkbox", { name: /What I have written is true/ }));
  await press(page, page.getByRole("button", { name: "Check before sending" }));
  await press(page, page.getByRole("button", { name: "Send my return" }));
  const reference = (await page.locator(".ds-reference").innerText()).trim();

  await context.clearCookies();
  await signInByKeyboard(page, site.person("officer"));
  await press(page, page.getByRole("link", { name: /mystery shopping returns? waits? to be moderated/ }));
  await press(page, page.getByRole("link", { name: new RegExp(reference) }));
  await type(page, page.getByLabel("What managers will read"), "Seen after four minutes. The badge could not be read.");
  await press(page, page.getByRole("button", { name: "Accept this return" }));
  await expect(page.getByRole("alert")).toContainText("Accepted");
  await tabTo(page, page.getByRole("link", { name: "Returns", exact: true }));
});
