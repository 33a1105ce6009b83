import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expectErrors } from "../support/checks.ts";
import { attach, pick, press, signInByKeyboard, tabTo, type, unfold } from "../support/keyboard.ts";
import { expect, test } from "../support/test.ts";

const root = new URL("../..", import.meta.url).pathname;

/** The plan of 2009 where it is at hand, else the invented one of the same shape. */
function planFile(): string {
  const named = process.env.DOORSTEP_TEST_PLAN;
  if (named && existsSync(named)) return named;
  const shared = join(root, "../shared/data");
  const found = existsSync(shared) ? readdirSync(shared).find((name) => name.endsWith(".xlsx")) : undefined;
  return found ? join(shared, found) : join(root, "tests/fixtures/plan.xlsx");
}

test("A18 A09 A01: an officer imports a plan, posts progress, and a visitor finds it by keyboard @everywhere", async ({ page, signIn, good }) => {
  await signIn("officer");
  await unfold(page);
  await page.getByRole("link", { name: "Improvement plan" }).click();
  await page.getByRole("link", { name: /^Import/ }).first().click();
  await page.getByRole("button", { name: "Show me the preview" }).click();
  await expectErrors(page);
  await good();

  await page.getByLabel("The plan").setInputFiles(planFile());
  await page.getByRole("button", { name: "Show me the preview" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Check the import");
  await expect(page.getByText(/\d+ themes, \d+ objectives, \d+ actions and \d+ sub-rows/)).toBeVisible();
  await good();
  const place = page.getByRole("radio", { name: /Start a new plan/ });
  if ((await place.count()) > 0) {
    await place.check();
    await page.getByRole("button", { name: "Apply the import" }).click();
    await expectErrors(page);
    await page.getByRole("checkbox", { name: /^Residents will see this plan instead of/ }).check();
  }
  await page.getByRole("button", { name: "Apply the import" }).click();
  await expect(page.getByRole("alert")).toContainText("The import is applied");
  await good();

  const reference = "1.1";
  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: reference, exact: true }) }).first();
  await row.getByRole("link", { name: /Post progress/ }).click();
  await page.getByRole("radio", { name: "Done" }).check();
  await page.getByLabel("What happened").fill("Everybody who took part was thanked & told what changed.");
  await page.getByRole("button", { name: "Post this" }).click();
  await expect(page, "done needs evidence or a reason").toHaveTitle(/^Error: /);
  await expectErrors(page);
  await expect(page.getByLabel("What happened")).toHaveValue("Everybody who took part was thanked & told what changed.");
  await good();
  await page.getByLabel("Why no evidence is needed").fill("The letter itself is public.");
  await page.getByRole("button", { name: "Post this" }).click();
  await expect(page.getByRole("alert")).toContainText("Progress is posted");
  await good();

  await page.getByRole("link", { name: "What residents see" }).click();
  await expect(page.getByText("thanked & told what changed")).toBeVisible();
  await good();

  await page.context().clearCookies();
  await page.goto("/plan");
  await good();
  await tabTo(page, page.getByLabel("Status", { exact: true }));
  await page.keyboard.type("Done");
  await press(page, page.getByRole("button", { name: "Show" }));
  await expect(page).toHaveURL(/status=done/);
  await good();
  await press(page, page.getByRole("link", { name: new RegExp(`^${reference}`) }).first());
  await expect(page.getByText("thanked & told what changed")).toBeVisible();
  const data = await (await page.request.get("/plan.json")).json();
  const told = data.actions.find((action: { ref: string | null }) => action.ref === reference);
  expect(told.status).toBe("done");
  expect(told.late).toBe(false);
});

test("A01: an officer imports a plan and posts progress by keyboard alone", async ({ site, page }) => {
  await signInByKeyboard(page, site.person("officer"));
  await unfold(page);
  await press(page, page.getByRole("link", { name: "Improvement plan" }));
  await press(page, page.getByRole("link", { name: /^Import/ }).first());
  await attach(page, page.getByLabel("The plan"), planFile());
  await press(page, page.getByRole("button", { name: "Show me the preview" }));
  await expect(page.getByRole("heading", { level: 1 })).toContainText("Check the import");
  await pick(page, page.getByRole("group", { name: "Where do these rows go?" }), /Start a new plan/);
  await tabTo(page, page.getByRole("checkbox", { name: /^Residents will see this plan instead of/ }));
  await page.keyboard.press("Space");
  await press(page, page.getByRole("button", { name: "Apply the import" }));
  await expect(page.getByRole("alert")).toContainText("The import is applied");

  const row = page.getByRole("row").filter({ has: page.getByRole("rowheader", { name: "1.1", exact: true }) }).first();
  await press(page, row.getByRole("link", { name: /Post progress/ }));
  await pick(page, page.getByRole("group", { name: "How does it stand?" }), "Done");
  await type(page, page.getByLabel("What happened"), "Everybody was told.");
  await type(page, page.getByLabel("Why no evidence is needed"), "The letter itself is public.");
  await press(page, page.getByRole("button", { name: "Post this" }));
  await expect(page.getByRole("alert")).toContainText("Progress is posted");
});
