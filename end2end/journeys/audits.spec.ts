import { expectErrors } from "../support/checks.ts";
import { expect, test } from "../support/test.ts";

test("F18 A18 A09: an auditor draws a sample, tests it and writes a finding; management answers and acts; the auditor looks back", async ({ site, page, signIn, good, context }) => {
  test.setTimeout(240_000);
  await signIn("auditor");
  await page.goto("/staff/improvement/audits");
  await page.getByRole("link", { name: "Open an audit" }).click();
  await good();
  const send = (field: string) => page.locator(`main form:has([name="${field}"]) button.govuk-button`).first().click();
  const fill = (name: string, words: string) => page.locator(`main [name="${name}"]`).first().fill(words);
  await send("scope");
  await expectErrors(page);
  await good();
  await page.locator("main [name=year][value='2026']").check();
  await fill("scope", "How last month’s work was shown");
  await fill("reports", "1");
  await fill("plans", "1");
  await page.locator("main [name=strata]").first().check();
  await fill("seed", "spring");
  await send("scope");
  await expect(page.getByRole("heading", { level: 1 })).toContainText("2026/27");
  await good();
  const here = new URL(page.url()).pathname;

  const items = await page.locator("main a[href*='/audit-items/']").evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href")!))]);
  expect(items.length, "what was drawn").toBeGreaterThan(0);
  for (const item of items) {
    await page.goto(item);
    await good();
    for (const [head, verdict] of [["performance", "met"], ["standards", "partly"], ["prospects", "met"]]) {
      await page.locator(`main [name="${head}"][value="${verdict}"]`).check();
      await fill(`${head}-words`, "Seen in the report and in the figures");
    }
    await send("performance");
    await expect(page.getByRole("alert")).toBeVisible();
  }

  await page.goto(`${here}/finding`);
  await good();
  await send("found");
  await expectErrors(page);
  await good();
  await page.locator("main [name=weight][value=high]").check();
  await fill("found", "Nobody who moved in was asked");
  await fill("recommendation", "Ask everybody who moved in");
  await send("found");
  await page.goto(here);
  await page.locator("main [name=assurance]").first().check();
  await fill("conclusion", "Most of it is shown by figures");
  await send("conclusion");
  await expect(page.locator("main")).toContainText("It is never changed");
  await good();
  const finding = await page.getByRole("link", { name: /Ask everybody who moved in/ }).getAttribute("href");

  await context.clearCookies();
  await signIn("manager");
  await page.goto(`${finding}/response`);
  await good();
  await send("words");
  await expectErrors(page);
  await good();
  await page.locator("main [name=agreed][value=yes]").check();
  await fill("words", "We ask by text message");
  await page.locator("main [name=owner]").selectOption({ index: 1 });
  const due = new Date(Date.now() + 30 * 24 * 3600 * 1000);
  await fill("due-day", String(due.getDate()));
  await fill("due-month", String(due.getMonth() + 1));
  await fill("due-year", String(due.getFullYear()));
  await send("words");
  await page.goto(`${finding}/action`);
  await good();
  await fill("reference", "nine");
  await send("reference");
  await expectErrors(page);
  await good();
  await page.locator("main [name=objective]").selectOption({ index: 1 });
  await fill("reference", "1.97");
  await fill("title", "Ask everybody who moved in");
  await send("reference");
  await page.goto(finding!);
  await expect(page.locator("main")).toContainText("In the plan");
  await good();

  await context.clearCookies();
  await signIn("auditor");
  await page.goto(`${finding}/follow-up`);
  await good();
  await send("progress");
  await expectErrors(page);
  await good();
  await page.locator("main [name=progress][value=partly]").check();
  await fill("words", "Half of them were asked");
  await page.locator("main input[type=file]").setInputFiles({ name: "asked.csv", mimeType: "text/csv", buffer: Buffer.from("asked,41\n") });
  await send("progress");
  await page.goto(finding!);
  await expect(page.locator("main")).toContainText("Half of them were asked");
  const file = await page.getByRole("link", { name: "The file that shows it" }).getAttribute("href");
  expect(await (await page.request.get(new URL(file!, site.url).href)).text()).toContain("asked,41");
  await good();
});
