import { expect, test } from "../support/test.ts";

test("A18: a resident follows what was said to the action, sees it late, and finds it signed off with its evidence", async ({ page, signIn, good, context }) => {
  const entry = page.getByRole("link", { name: "The right parts on every van" });
  const visit = async () => {
    await context.clearCookies();
    await page.goto("/");
    await page.getByRole("link", { name: "What changed because of you" }).first().click();
    await entry.click();
    await expect(page.getByRole("heading", { name: "You said" })).toBeVisible();
  };
  await visit();
  await good();
  await page.locator("main").getByRole("link", { name: /^1\.4 / }).click();
  const action = new URL(page.url()).pathname;
  await expect(page.getByText("This should have been finished by the end of")).toBeVisible();
  await expect(page.locator(".ds-status--late").first()).toBeVisible();
  await good();
  await page.getByRole("link", { name: "The right parts on every van" }).click();
  await expect(page, "the action leads back to what was said").toHaveURL(/\/what-changed\//);
  await page.goto(action);
  await page.getByRole("link", { name: "Fixed at the first visit" }).click();
  await expect(page, "and to the promise").toHaveURL(/\/standards\//);

  // A manager attaches what shows it and says that it is done.
  await signIn("manager");
  await page.goto("/staff/plan");
  await page.getByRole("link", { name: /^Agree with the crews which parts/ }).first().click();
  await page.getByRole("link", { name: "Attach evidence" }).click();
  await page.getByLabel("What it is").fill("The list of parts, agreed with the crews");
  await page.getByLabel("Or a link").fill("https://example.org/parts-of-a-van");
  await page.getByRole("button", { name: "Attach this" }).click();
  await page.getByRole("link", { name: "Post progress" }).click();
  await page.getByRole("radio", { name: "Done" }).check();
  await page.getByLabel("What happened").fill("Every van carries the forty parts that were missing most.");
  await page.getByRole("button", { name: "Post this" }).click();
  await expect(page.getByRole("alert")).toContainText("Progress is posted");

  await visit();
  await page.locator("main").getByRole("link", { name: /^1\.4 / }).click();
  await expect(page.getByText("We have done this.")).toBeVisible();
  await expect(page.getByText("Every van carries the forty parts")).toBeVisible();
  await expect(page.getByRole("link", { name: "The list of parts, agreed with the crews" })).toHaveAttribute("href", "https://example.org/parts-of-a-van");
  for (const name of ["Rudi Bramble", "RBr", "Marcus Plume"]) await expect(page.getByText(name), "no member of staff is named").toHaveCount(0);
  await good();

  // The plan and its other plans say the same.
  await page.goto("/plan?status=done");
  await expect(page.getByRole("link", { name: /^1\.4 / })).toBeVisible();
  await good();
  await page.getByRole("link", { name: "All our plans" }).click();
  await expect(page.getByRole("navigation", { name: "Main" }).locator("[aria-current]")).toHaveText("What we are doing");
  await good();
});
