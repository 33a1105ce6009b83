import type { Locator, Page } from "@playwright/test";
import { expectBytes, expectErrors, expectGood, expectReflow, expectUncut, Findings } from "../support/checks.ts";
import { signInAs } from "../support/forms.ts";
import { inventory, NO_PAGE, sameTitles, walk } from "../support/inventory.ts";
import { expectNoTrap, expectSkipLink } from "../support/keyboard.ts";
import { expect, test } from "../support/test.ts";

/** Rows that no link of the example leads to: each is looked at in the journey that makes it. */
const ELSEWHERE: Record<string, string> = {
  "/link/{token}": "accounts: the link is in a letter",
  "/set-up": "empty: only before the first account",
  "/places/{token}": "focus_groups: the link is in a letter",
  "/s/{token}": "survey_builder: the link is in a letter",
  "/s/{token}/stop": "sample: the link is in a letter",
  "/staff/homes/import/{id}": "sample: after a list of homes is sent",
  "/staff/surveys/{id}/events": "sample: only for a survey by personal link without a sample",
  "/staff/surveys/{id}/calls/{home}": "sample: after the next home to ring is taken",
  "/staff/plan/import/{id}": "plan: after a file is sent",
  "/standards/{slug}/thanks": "standards: after a comment is sent",
  "/staff/improvement/audits/new": "audits: only for an auditor",
  "/staff/improvement/audits/{id}/finding": "audits: only while an audit is under way",
  "/staff/improvement/audit-findings/{id}/action": "audits: only for an answer that is in no plan",
  "/staff/improvement/audit-findings/{id}/follow-up": "audits: only for an auditor",
  "/staff/improvement/audit-follow-ups/{id}": "audits: the file of a look back",
  "/staff/standards/{id}/edit": "standards: only for a draft",
  "/staff/standards/{id}/approve": "standards: only for a draft",
  "/staff/standards/{id}/waive": "standards: only for a draft",
  "/staff/standards/{id}/discard": "standards: only for a draft",
  "/staff/focus-groups/{id}/discard": "focus_groups: only for a draft",
  "/staff/what-changed/{id}/edit": "what_changed: only for a draft",
  "/staff/standards/{id}/publish": "standards: only for an approved draft",
  "/staff/surveys/{id}/questions/new": "survey_builder: only for a draft",
  "/staff/surveys/{id}/questions/{key}": "survey_builder: only for a draft",
  "/staff/surveys/{id}/questions/{key}/asked": "survey_builder: only for a draft",
  "/staff/surveys/{id}/questions/{key}/skips/{n}": "survey_logic: only for a draft",
  "/staff/surveys/{id}/import/{file}": "files: after a file is sent",
  "/staff/surveys/{id}/batches/{batch}": "channels: only when a batch is made",
  "/staff/surveys/{id}/batches/{batch}/forms/{number}": "channels: only when a batch is made",
  "/surveys/{slug}/q/{n}": "surveys: only when a person has begun",
  "/surveys/{slug}/photos/{file}": "only the photo of one's own draft",
  "/surveys/{slug}/check": "surveys: only at the end of the questions",
  "/surveys/{slug}/thanks": "surveys: after the answers are sent",
};

const READERS: { role: string; from: string[] }[] = [
  { role: "", from: ["/", "/sign-in"] },
  { role: "shopper", from: ["/account"] },
  { role: "officer", from: ["/staff", "/account"] },
  { role: "manager", from: ["/staff"] },
  { role: "administrator", from: ["/staff"] },
];

/** The forms of a page that have something to fill in. */
const filledIn = (page: Page): Locator =>
  page.locator("main form[method=post i]").filter({ has: page.locator("input:not([type=hidden]):not([tabindex='-1']):visible, select:visible, textarea:visible") });

/** Empties a form and sends it with its main button, or else its first; the status of the answer. */
async function sendEmpty(page: Page, form: Locator): Promise<number> {
  await form.evaluate((element) => {
    (element as HTMLFormElement).noValidate = true;
    for (const field of element.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("input:not([type=hidden]):not([type=radio]):not([type=checkbox]):not([type=file]):not([tabindex='-1']), textarea")) field.value = "";
  });
  const main = form.locator("button.govuk-button:not(.govuk-button--secondary)");
  const button = (await main.count()) > 0 ? main : form.locator("button");
  const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === "POST"), button.first().click()]);
  return answer.status();
}

test.describe("every row of the route inventory", () => {
  // One after the other: the second finds the walk of the first.
  test.describe.configure({ mode: "default", timeout: 1_200_000 });

  test("A01 A04 A05 A14 axe: each page that a link leads to is sound, without a trap and within its bytes", async ({ site, page, context, browser }, info) => {
    const rows = inventory().filter((row) => row.method === "GET");
    const outside: string[] = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(site.url) && !request.url().startsWith("data:")) outside.push(request.url());
    });
    const refused: string[] = [];
    page.on("console", (message) => {
      if (/Content Security Policy|Refused to/i.test(message.text())) refused.push(message.text());
    });
    const findings = new Findings();
    const checked = new Set<string>();
    const titles = new Map<string, string>();
    for (const reader of READERS) {
      const { role } = reader;
      await context.clearCookies();
      if (role) await signInAs(page, site.person(role));
      for (const [pattern, path] of await walk(page.request, rows, reader, site.url, findings)) {
        if (checked.has(pattern)) continue;
        checked.add(pattern);
        if (!path) continue;
        await findings.note(`${role || "anyone"} ${path}`, async () => {
          const answer = await page.goto(path);
          const html = (await answer?.text()) ?? "";
          await expectGood(page, browser);
          await expectBytes(page, html);
          titles.set(pattern, await page.title());
          await expectSkipLink(page);
          // The stops are the same at every width: they are counted once.
          if (info.project.name !== "script-on-1280") return;
          await page.goto(path);
          await expectNoTrap(page);
        });
      }
    }
    await page.goto("/nowhere");
    await expectGood(page, browser);
    findings.expectNone();

    const missed = rows.filter((row) => !checked.has(row.path) && !(row.path in ELSEWHERE) && !NO_PAGE.test(row.path));
    expect(missed.map((row) => row.path), "rows that no link leads to").toEqual([]);
    expect(sameTitles(titles), "pages that share a title").toEqual([]);
    expect(outside, "requests to other hosts").toEqual([]);
    expect(refused, "what the content policy refused").toEqual([]);
  });

  test("A09: each form sent empty either works or says what is wrong, in the pattern", async ({ site, page, context, browser }) => {
    const rows = inventory().filter((row) => row.method === "GET");
    const findings = new Findings();
    const tried = new Set<string>();
    for (const reader of READERS) {
      const { role } = reader;
      await context.clearCookies();
      if (role) await signInAs(page, site.person(role));
      for (const [pattern, path] of await walk(page.request, rows, reader, site.url, findings)) {
        if (!path || tried.has(pattern)) continue;
        tried.add(pattern);
        for (let at = 0; ; at += 1) {
          await page.goto(path);
          const forms = filledIn(page);
          if (at >= (await forms.count())) break;
          await findings.note(`${role || "anyone"} ${path}, form ${at + 1}`, async () => {
            const status = await sendEmpty(page, forms.nth(at));
            // Trying a survey keeps nothing, so its form leads to the next page by itself.
            expect(pattern.endsWith("/try") ? [200, 422] : [303, 422], `${path} answers ${status}`).toContain(status);
            if (status !== 422) return;
            await expectErrors(page);
            await expectGood(page, browser);
          });
        }
      }
    }
    findings.expectNone();
  });
});

test.describe("at 400 per cent zoom", () => {
  test.use({ viewport: { width: 320, height: 256 } });
  test.setTimeout(300_000);

  test("A05: no page for residents is cut off or scrolls sideways on a screen of 320 by 256", async ({ site, page }) => {
    const rows = inventory().filter((row) => row.method === "GET" && row.anyone);
    const findings = new Findings();
    const pages = await walk(page.request, rows, READERS[0]!, site.url, findings);
    const looked = [...pages.values()].filter((path) => path !== "");
    expect(looked.length, "pages for residents").toBeGreaterThan(15);
    for (const path of looked) {
      await findings.note(path, async () => {
        await page.goto(path);
        await expectReflow(page);
        await expectUncut(page);
      });
    }
    await page.goto("/surveys");
    await page.locator("main a[href^='/surveys/']").first().click();
    await page.getByRole("button", { name: "Start now" }).click();
    await findings.note("a question", () => expectReflow(page));
    await findings.note("a question", () => expectUncut(page));
    findings.expectNone();
  });
});
