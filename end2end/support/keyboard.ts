import { expect, type Locator, type Page } from "@playwright/test";

/** Goes on with Tab until the target has the focus; a trap or an unreachable control fails. */
export async function tabTo(page: Page, target: Locator, most = 120): Promise<void> {
  for (let stops = 0; stops <= most; stops += 1) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`the keyboard does not reach ${target} within ${most} stops on ${page.url()}`);
}

/** Follows a link or presses a button with Enter. */
export async function press(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Enter");
}

/** Types into a field after reaching it. */
export async function type(page: Page, target: Locator, words: string): Promise<void> {
  await tabTo(page, target);
  await page.keyboard.press("Control+A");
  await page.keyboard.type(words);
}

/** Picks a radio by its words: Tab to its group, Space, then the arrows as a person would. */
export async function pick(page: Page, group: Locator, words: string | RegExp): Promise<void> {
  const radios = group.getByRole("radio");
  const wanted = group.getByRole("radio", { name: words, exact: typeof words === "string" });
  const checked = group.locator("input:checked");
  await tabTo(page, (await checked.count()) > 0 ? checked.first() : radios.first());
  if ((await checked.count()) === 0) await page.keyboard.press("Space");
  for (let moves = 0; moves <= (await radios.count()) && !(await wanted.isChecked()); moves += 1) await page.keyboard.press("ArrowDown");
  await expect(wanted).toBeChecked();
}

/** Ticks a box with Space. */
export async function tick(page: Page, box: Locator): Promise<void> {
  await tabTo(page, box);
  if (!(await box.isChecked())) await page.keyboard.press("Space");
  await expect(box).toBeChecked();
}

/** No trap: Tab leads through every stop of the page and back to its first. Says how many stops there are. */
export async function expectNoTrap(page: Page, most = 400): Promise<number> {
  const mark = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return "";
      return `${element.tagName}#${element.id}.${element.className}:${[...document.querySelectorAll("*")].indexOf(element)}`;
    });
  await page.keyboard.press("Tab");
  const first = await mark();
  for (let stops = 1; stops <= most; stops += 1) {
    await page.keyboard.press("Tab");
    const at = await mark();
    if (at === "" || at === first) return stops;
  }
  throw new Error(`Tab did not come back to the start of ${page.url()} within ${most} stops`);
}
