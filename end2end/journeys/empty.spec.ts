import { expectBytes, expectErrors, expectGood, Findings } from "../support/checks.ts";
import { signInAs } from "../support/forms.ts";
import { inventory, NO_PAGE, sameTitles, follow } from "../support/inventory.ts";
import { expect, test } from "../support/test.ts";

test.use({ data: "empty" });

const FIRST = { email: "ros@landlord.example", password: "quilt harbour 9 pepper lane" };

/** Pages without a record in their address that an empty portal does not show its administrator. */
const NOT_YET: Record<string, string> = {
  "/set-up": "closed by the first account",
  "/shops": "for shoppers",
  "/staff/plan/details": "only with a plan",
  "/staff/plan/themes/new": "only with a plan",
  "/staff/plan/objectives/new": "only with a plan",
  "/staff/plan/actions/new": "only with a plan",
  "/staff/plan/leads": "only with a plan",
  "/staff/plan/many": "only with a plan",
  "/staff/plan/months": "only with a plan",
  "/staff/plan/timeline": "only with a plan",
  "/staff/plan/by-lead": "only with a plan",
  "/staff/plan/history": "only with a plan",
  "/staff/plan/then": "only with a plan",
  "/staff/plan/compare": "only with a plan",
  "/staff/plan/snapshots": "only with a plan",
  "/staff/plan/mine": "only with a plan",
  "/staff/plan/plans": "only with a plan",
  "/plans": "only with several plans",
  "/staff/improvement/audits/new": "only for an auditor",
};

test("A18 A09 A14: the one-time address makes the first administrator, every page stands without data, and a plan is started", async ({ site, page, browser, good }) => {
  test.setTimeout(600_000);
  expect((await page.goto("/set-up?token=guess"))?.status(), "a guessed token").toBe(404);
  await page.goto(site.setUpPath);
  await good();
  await page.getByRole("button", { name: "Make my account" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Your name").fill("Ros Lintel & Daughters");
  await page.getByLabel("Your e-mail address").fill("not an address");
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Make my account" }).click();
  await expectErrors(page);
  await expect(page.getByLabel("Your name"), "what was typed stays").toHaveValue("Ros Lintel & Daughters");
  await expect(page.getByLabel("Your e-mail address")).toHaveValue("not an address");
  await expect(page.getByLabel("New password"), "a password is never written back").toHaveValue("");
  await page.getByLabel("Your e-mail address").fill(FIRST.email);
  await page.getByLabel("New password").fill(FIRST.password);
  await page.getByRole("button", { name: "Make my account" }).click();
  await expect(page).toHaveURL(/sign-in/);
  expect((await page.goto(site.setUpPath))?.status(), "the address works once").toBe(404);

  const rows = inventory().filter((row) => row.method === "GET");
  const findings = new Findings();
  const checked = new Set<string>();
  const titles = new Map<string, string>();
  for (const from of [["/", "/sign-in"], ["/staff", "/account"]]) {
    if (from.includes("/staff")) await signInAs(page, FIRST);
    for (const [pattern, path] of await follow(page.request, rows, from, site.url, findings)) {
      if (checked.has(pattern)) continue;
      checked.add(pattern);
      if (!path) continue;
      await findings.note(path, async () => {
        const html = (await (await page.goto(path))?.text()) ?? "";
        await expectGood(page, browser);
        await expectBytes(page, html);
        titles.set(pattern, await page.title());
      });
    }
  }
  findings.expectNone();
  const missed = rows.filter((row) => !row.path.includes("{") && !checked.has(row.path) && !(row.path in NOT_YET) && !NO_PAGE.test(row.path));
  expect(missed.map((row) => row.path), "rows that no link of an empty portal leads to").toEqual([]);
  expect(sameTitles(titles), "pages that share a title").toEqual([]);

  await page.goto("/staff/plan/new");
  await page.getByLabel("What it is about, for residents").fill("What we mend first, and by when.");
  await page.getByRole("button", { name: "Save the plan" }).click();
  await expectErrors(page);
  await expect(page.getByLabel("What it is about, for residents")).toHaveValue("What we mend first, and by when.");
  await good();
  await page.getByLabel("Title of the plan").fill("Warm & dry homes");
  await page.getByRole("button", { name: "Save the plan" }).click();
  await expect(page.getByRole("alert")).toContainText("The plan is started");
  await good();
  await page.goto("/plan");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Warm & dry homes");
  await good();
});
