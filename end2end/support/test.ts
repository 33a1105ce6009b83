import { test as base, expect, type Page } from "@playwright/test";
import { expectGood } from "./checks.ts";
import { Site } from "./site.ts";

export { expect };

interface Fixtures {
  /** A server of this test's own. */
  site: Site;
  /** Checks the page as it stands: structure, reflow, targets, axe. */
  good: (page?: Page) => Promise<void>;
  /** Signs the page in as one of the example people. */
  signIn: (role: string) => Promise<void>;
}

export const test = base.extend<Fixtures>({
  site: async ({}, use, info) => {
    const site = await Site.start();
    await use(site);
    if (info.status !== info.expectedStatus) await info.attach("server log", { body: site.said, contentType: "text/plain" });
    await site.stop();
  },
  baseURL: async ({ site }, use) => use(site.url),
  good: async ({ page, browser }, use) => use((other) => expectGood(other ?? page, browser)),
  signIn: async ({ page, site }, use) =>
    use(async (role) => {
      const { email, password } = site.person(role);
      await page.goto("/sign-in");
      await page.getByLabel("E-mail address").fill(email);
      await page.getByLabel("Password").fill(password);
      await page.getByRole("main").getByRole("button", { name: "Sign in" }).click();
      await expect(page).not.toHaveURL(/sign-in/);
    }),
});
