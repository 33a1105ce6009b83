import { test as base, expect } from "@playwright/test";
import { expectBytes, expectGood } from "./checks.ts";
import { signInAs } from "./forms.ts";
import { type Data, Site } from "./site.ts";

export { expect };

interface Fixtures {
  /** What the server starts with. */
  data: Data;
  /** A server of this test's own. */
  site: Site;
  /** Checks the page as it stands: structure, reflow, targets, axe, and the bytes it came in. */
  good: () => Promise<void>;
  /** Signs the page in as one of the example people. */
  signIn: (role: string) => Promise<void>;
}

export const test = base.extend<Fixtures>({
  data: ["example", { option: true }],
  site: async ({ data }, use, info) => {
    const site = await Site.start(data);
    await use(site);
    if (info.status !== info.expectedStatus) await info.attach("server log", { body: site.said, contentType: "text/plain" });
    await site.stop();
  },
  baseURL: async ({ site }, use) => use(site.url),
  good: async ({ page, browser }, use) => {
    let arrived: (() => Promise<string>) | undefined;
    page.on("response", (response) => {
      const isPage = response.request().isNavigationRequest() && response.frame() === page.mainFrame();
      if (isPage && (response.status() < 300 || response.status() >= 400)) arrived = () => response.text();
    });
    await use(async () => {
      await expectGood(page, browser);
      if (!arrived) throw new Error("no page has been opened yet");
      await expectBytes(page, await arrived());
    });
  },
  signIn: async ({ page, site }, use) => use((role) => signInAs(page, site.person(role))),
});
