import { expectErrors } from "../support/checks.ts";
import { expect, test } from "../support/test.ts";

const PASSWORD = "lantern otter maple 42 brook";

test("A09 A18: a resident makes an account by the link in the letter, signs out, and replaces a forgotten password", async ({ site, page, good }) => {
  await page.goto("/sign-in");
  await page.getByRole("link", { name: /would like an account/ }).click();
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("Your name").fill("Mair Tŷ-Gwyn");
  await page.getByLabel("Your e-mail address").fill("not an address");
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expectErrors(page);
  await expect(page.getByLabel("Your name"), "what was typed stays").toHaveValue("Mair Tŷ-Gwyn");
  await page.getByLabel("Your e-mail address").fill("mair@resident.example");
  await page.getByRole("button", { name: "Send me the link" }).click();
  await expect(page.getByRole("alert")).toContainText("on its way");
  await good();

  await page.goto(await site.linkIn("mair@resident.example"));
  await good();
  await page.getByLabel("New password").fill("short");
  await page.getByRole("button", { name: "Save my password" }).click();
  await expectErrors(page);
  await good();
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Save my password" }).click();
  await page.getByLabel("E-mail address").fill("mair@resident.example");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("link", { name: "Mair Tŷ-Gwyn" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your account");
  await good();
  await page.getByRole("banner").getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("banner").getByRole("link", { name: "Sign in" })).toBeVisible();
  await page.goto("/account");
  await expect(page, "the account needs signing in").toHaveURL(/sign-in/);

  await page.getByRole("link", { name: /forgotten/ }).click();
  await page.getByLabel("E-mail address").fill("mair@resident.example");
  await page.getByRole("button", { name: "Send me a link" }).click();
  await page.goto(await site.linkIn("mair@resident.example", /new password/));
  await page.getByLabel("New password").fill(`${PASSWORD} again`);
  await page.getByRole("button", { name: "Save my password" }).click();
  await page.getByLabel("E-mail address").fill("mair@resident.example");
  await page.getByLabel("Password").fill(`${PASSWORD} again`);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("banner").getByRole("button", { name: "Sign out" })).toBeVisible();
});

test("A18: an administrator invites a colleague, who starts work; a link works once", async ({ site, page, signIn, good, context }) => {
  await signIn("administrator");
  await page.goto("/staff/people");
  await page.getByLabel("Name").fill("Petra Sill");
  await page.getByLabel("E-mail address").fill("petra@larkfield.example");
  await page.getByLabel("Role").selectOption({ label: "Service manager" });
  await page.getByRole("button", { name: "Send the invitation", exact: true }).click();
  await expect(page.getByRole("alert")).toContainText("Petra Sill is invited");
  await good();
  await context.clearCookies();

  const link = await site.linkIn("petra@larkfield.example");
  await page.goto(link);
  await page.getByLabel("New password").fill(PASSWORD);
  await page.getByRole("button", { name: "Save my password" }).click();
  await expect(page).toHaveURL(/sign-in/);
  const again = await page.goto(link);
  expect(again?.status(), "a used link").toBe(410);
  await good();

  await page.goto("/staff");
  await page.getByLabel("E-mail address").fill("petra@larkfield.example");
  await page.getByLabel("Password").fill("not this one at all");
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expectErrors(page);
  await expect(page.getByLabel("E-mail address")).toHaveValue("petra@larkfield.example");
  await expect(page.getByLabel("Password"), "a password is never written back").toHaveValue("");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("heading", { level: 1 }), "signing in leads back to where one was going").toHaveText("What needs me");
  const forbidden = await page.goto("/staff/people");
  expect(forbidden?.status()).toBe(403);
  await good();
});
