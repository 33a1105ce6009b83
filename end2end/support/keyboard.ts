import { expect, type FileChooser, type Locator, type Page } from "@playwright/test";
import { londonDay, type Person } from "./forms.ts";

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

/** Opens the menu of the workspace, which a small screen folds. */
export async function unfold(page: Page): Promise<void> {
  const menu = page.locator(".ds-menu__word");
  if (await menu.isVisible()) await press(page, menu);
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

/** Moves a list of choices to one of them with the arrows. */
export async function choose(page: Page, list: Locator, words: string | RegExp): Promise<void> {
  await tabTo(page, list);
  const chosen = () => list.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.textContent?.trim() ?? "");
  const fits = (text: string) => (typeof words === "string" ? text === words : words.test(text));
  const most = await list.locator("option").count();
  for (let moves = 0; moves < most && !fits(await chosen()); moves += 1) await page.keyboard.press("ArrowDown");
  expect(fits(await chosen()), `${await chosen()} is chosen, not ${words}`).toBe(true);
}

/** Opens the picker of a file field with the keyboard and gives it a file. */
export async function attach(page: Page, field: Locator, file: Parameters<FileChooser["setFiles"]>[0]): Promise<void> {
  await tabTo(page, field);
  const opened = page.waitForEvent("filechooser");
  // The browser must know that we wait before the key is pressed.
  await page.evaluate(() => undefined);
  await page.keyboard.press("Enter");
  await (await opened).setFiles(file);
}

/** Types the three boxes of a day. */
export async function typeDay(page: Page, day: Date): Promise<void> {
  for (const [at, label] of ["Day", "Month", "Year"].entries()) await type(page, page.getByLabel(label, { exact: true }), londonDay(day)[at]!);
}

/** Signs in with the keyboard alone. */
export async function signInByKeyboard(page: Page, { email, password }: Person): Promise<void> {
  await page.goto("/sign-in");
  await type(page, page.getByLabel("E-mail address"), email);
  await type(page, page.getByLabel("Password"), password);
  await page.keyboard.press("Enter");
  await expect(page, `signing in as ${email}`).not.toHaveURL(/sign-in/);
}

/** A14, 2.4.1: on a page just opened, the first Tab reaches the skip link, and Enter moves the focus to main. */
export async function expectSkipLink(page: Page): Promise<void> {
  await page.keyboard.press("Tab");
  await expect(page.locator(".govuk-skip-link"), `the first stop of ${page.url()}`).toBeFocused();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => document.querySelector("main")?.contains(document.activeElement)), { message: `the focus is in main on ${page.url()}` }).toBe(true);
}

/** Marks the stop that has the focus: where it stands in the document, or nothing when it is the page itself. */
function stop(page: Page): Promise<number> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return !element || element === document.body ? -1 : [...document.querySelectorAll("*")].indexOf(element);
  });
}

/** A01, 2.1.2: on a page just opened, Tab leads to its last stop and back to its first. Says how many stops there are. */
export async function expectNoTrap(page: Page, most = 600): Promise<number> {
  const last = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>("a[href], button, summary, [tabindex='0']")];
    const shown = all.filter((element) => element.getClientRects().length > 0 && !element.closest("[inert]") && element.tabIndex >= 0);
    return shown.length === 0 ? -1 : [...document.querySelectorAll("*")].indexOf(shown.at(-1)!);
  });
  await page.keyboard.press("Tab");
  const first = await stop(page);
  const seen = new Set([first]);
  for (let stops = 1; stops <= most; stops += 1) {
    await page.keyboard.press("Tab");
    const at = await stop(page);
    if (at === -1 || at === first) {
      expect(seen.has(last), `Tab reaches the last stop of ${page.url()}`).toBe(true);
      return stops;
    }
    seen.add(at);
  }
  throw new Error(`Tab did not come back to the start of ${page.url()} within ${most} stops`);
}
