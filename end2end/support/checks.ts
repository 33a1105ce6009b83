import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, expect, type Page } from "@playwright/test";
import { gzipSync } from "node:zlib";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** One page with script, in which axe looks at copies of other pages, and the copy it shows next. */
interface Desk {
  page: Page;
  copy: { url: string; html: string };
}

/** A desk for each browser and size. */
const desks = new WeakMap<Browser, Map<string, Promise<Desk>>>();

function deskOf(browser: Browser, size: { width: number; height: number } | null): Promise<Desk> {
  const those = desks.get(browser) ?? new Map<string, Promise<Desk>>();
  desks.set(browser, those);
  const key = `${size?.width}x${size?.height}`;
  const desk = those.get(key) ?? setUp(browser, size);
  those.set(key, desk);
  return desk;
}

/**
 * The copies are handed out by one route that stays. A route taken away while a page loads can leave its
 * styles or pictures waiting for ever, about once in a hundred pages.
 */
async function setUp(browser: Browser, size: { width: number; height: number } | null): Promise<Desk> {
  const context = await browser.newContext({ viewport: size, javaScriptEnabled: true, bypassCSP: true });
  const desk = { page: await context.newPage(), copy: { url: "", html: "" } };
  await desk.page.route("**/*", (route, request) => {
    const isCopy = request.isNavigationRequest() && request.url() === desk.copy.url;
    return isCopy ? route.fulfill({ body: desk.copy.html, contentType: "text/html; charset=utf-8" }) : route.continue();
  });
  return desk;
}

/**
 * Runs axe on the page as it stands and expects nothing. axe needs script, so that a page is drawn
 * again from the same HTML where script is on.
 */
export async function expectAccessible(page: Page, browser: Browser): Promise<void> {
  const [html, url] = [await page.content(), page.url().split("#")[0]!];
  const desk = await deskOf(browser, page.viewportSize());
  desk.copy = { url, html };
  await desk.page.goto(url);
  const { violations } = await new AxeBuilder({ page: desk.page }).withTags(TAGS).options({ rules: { "target-size": { enabled: true } } }).analyze();
  const found = violations.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 160)}\n    ${node.failureSummary?.split("\n").slice(1).join("; ")}`));
  expect(found, `axe on ${url}`).toEqual([]);
}

/** A05, 1.4.10: nothing scrolls sideways but regions that the keyboard can reach and that have a name. */
export async function expectReflow(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const culprits: string[] = [];
    if (wide > 0) {
      for (const element of document.body.querySelectorAll("*")) {
        if (element.closest(".ds-scroll, .ds-hp, .govuk-visually-hidden, .govuk-skip-link")) continue;
        if (element.getBoundingClientRect().right > document.documentElement.clientWidth + 1) culprits.push(`${element.tagName}.${element.className} "${(element.textContent ?? "").trim().slice(0, 40)}"`);
      }
    }
    const mute = [...document.querySelectorAll(".ds-scroll")].filter((region) => region.scrollWidth > region.clientWidth && (region.getAttribute("tabindex") !== "0" || !region.getAttribute("aria-label") && !region.getAttribute("aria-labelledby")));
    return { wide, culprits: culprits.slice(0, 6), mute: mute.map((region) => region.outerHTML.slice(0, 120)) };
  });
  expect(found, `sideways scrolling on ${page.url()}`).toEqual({ wide: 0, culprits: [], mute: [] });
}

/** A05: nothing is cut off by the box it stands in or by the left edge, and what sticks leaves most of the screen free. */
export async function expectUncut(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const told: string[] = [];
    for (const element of document.body.querySelectorAll<HTMLElement>("*")) {
      if (element.closest(".ds-hp, .govuk-visually-hidden, .govuk-skip-link, svg")) continue;
      const [style, box] = [getComputedStyle(element), element.getBoundingClientRect()];
      if (style.display === "inline" || box.width === 0 || box.height === 0) continue;
      const name = `${element.tagName}.${element.className} "${(element.textContent ?? "").trim().slice(0, 40)}"`;
      const hides = (overflow: string) => overflow === "hidden" || overflow === "clip";
      if (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1) told.push(`${name} is cut at its side`);
      if (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1) told.push(`${name} is cut below`);
      if (box.left < -1) told.push(`${name} begins left of the screen`);
      if (/fixed|sticky/.test(style.position) && box.height > innerHeight / 3) told.push(`${name} covers ${Math.round(box.height)} of ${innerHeight}`);
    }
    return told.slice(0, 8);
  });
  expect(found, `what is cut off on ${page.url()}`).toEqual([]);
}

/** A04, 2.5.8: every target 24 by 24 or with that much room; buttons 44 high, as a thumb needs. */
export async function expectTargets(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    const shown = (element: Element) => {
      const box = element.getBoundingClientRect();
      return box.width > 1 && box.height > 1 && !element.closest(".ds-hp, .govuk-visually-hidden, .govuk-skip-link") && getComputedStyle(element).visibility !== "hidden";
    };
    const inText = (element: Element) => {
      const block = element.closest("p, li, dd, td, th, dt, caption, figcaption, h1, h2, h3, h4, footer, div");
      return !!block && (block.textContent ?? "").trim() !== (element.textContent ?? "").trim();
    };
    const boxOf = (element: Element) => {
      const label = element.matches("input[type=radio], input[type=checkbox]") ? (element as HTMLInputElement).labels?.[0] : null;
      const own = element.getBoundingClientRect();
      if (!label) return own;
      const other = label.getBoundingClientRect();
      return new DOMRect(Math.min(own.x, other.x), Math.min(own.y, other.y), Math.max(own.right, other.right) - Math.min(own.x, other.x), Math.max(own.bottom, other.bottom) - Math.min(own.y, other.y));
    };
    const all = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].filter(shown);
    const boxes = all.map((element) => ({ element, box: boxOf(element) }));
    const problems: string[] = [];
    for (const { element, box } of boxes) {
      const name = `${element.tagName} "${(element.textContent ?? "").trim().slice(0, 40)}" ${Math.round(box.width)}x${Math.round(box.height)}`;
      if (element.matches("button, .govuk-button, input[type=submit]") && box.height < 43.5) problems.push(`${name}: a button below 44`);
      if (box.width >= 23.5 && box.height >= 23.5) continue;
      if (inText(element)) continue;
      const x = box.x + box.width / 2;
      const y = box.y + box.height / 2;
      const crowded = boxes.some((other) => {
        if (other.element === element || element.contains(other.element) || other.element.contains(element)) return false;
        const dx = Math.max(other.box.left - x, 0, x - other.box.right);
        const dy = Math.max(other.box.top - y, 0, y - other.box.bottom);
        return Math.hypot(dx, dy) < 12;
      });
      if (crowded) problems.push(`${name}: too small and too near another`);
    }
    return problems;
  });
  expect(found, `targets on ${page.url()}`).toEqual([]);
}

/** A14, 2.4.1, 2.4.2, 2.4.6: one h1, no level skipped within main, a title, a working skip link first. */
export async function expectStructure(page: Page): Promise<void> {
  const found = await page.evaluate(() => {
    // The error summary and a notice come before the page's own headings, by the pattern.
    const headings = [...document.querySelectorAll("main h1, main h2, main h3, main h4, main h5")].filter((heading) => !heading.closest(".govuk-error-summary, .govuk-notification-banner"));
    const levels = headings.map((heading) => Number(heading.tagName[1]));
    const skipped = levels.some((level, at) => at > 0 && level > levels[at - 1]! + 1);
    const first = document.querySelector<HTMLElement>("a[href], button, input:not([type=hidden])");
    const skipTo = first?.getAttribute("href") ?? "";
    return {
      h1: document.querySelectorAll("h1").length,
      startsWithH1: levels[0] === 1,
      skipped,
      title: document.title.trim().length > 0,
      skipLink: skipTo.startsWith("#") && document.querySelector(skipTo)?.tagName === "MAIN",
      lang: document.documentElement.lang.startsWith("en"),
    };
  });
  expect(found, `structure of ${page.url()}`).toEqual({ h1: 1, startsWithH1: true, skipped: false, title: true, skipLink: true, lang: true });
}

/** All of the above, on the page as it stands once its styles and pictures are there. */
export async function expectGood(page: Page, browser: Browser): Promise<void> {
  await page.waitForLoadState("load");
  await expectStructure(page);
  await expectReflow(page);
  await expectTargets(page);
  await expectAccessible(page, browser);
}

/** Runs checks on many pages and tells of all that fail, not only of the first. */
export class Findings {
  private readonly found: string[] = [];

  async note(where: string, check: () => Promise<void>): Promise<void> {
    try {
      await check();
    } catch (error) {
      // Colours are for terminals; the first lines say what it is.
      this.found.push(`${where}: ${String((error as Error).message).replace(/\u001b\[\d+m/g, "").replace(/\n\s*\n/g, "\n")}`);
    }
  }

  expectNone(): void {
    expect(this.found.length, this.found.join("\n\n")).toBe(0);
  }
}

/**
 * A09, 3.3.1, 3.3.3: the error pattern. The title begins with "Error:", the summary comes first in
 * main with its heading, has the focus and is on the screen, and each link leads to a field that
 * names its error.
 */
export async function expectErrors(page: Page): Promise<void> {
  await expect(page).toHaveTitle(/^Error: /);
  await expect(page.locator(".govuk-error-summary"), "the summary has the focus").toBeFocused();
  await expect(page.locator(".govuk-error-summary h2"), "the summary is on the screen").toBeInViewport({ ratio: 1 });
  const found = await page.evaluate(() => {
    const main = document.querySelector("main")!;
    const summary = main.querySelector(".govuk-error-summary");
    const before = summary ? [...main.querySelectorAll("h1, form, input")].filter((other) => summary.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_PRECEDING).length : -1;
    const links = [...(summary?.querySelectorAll("a") ?? [])].map((link) => {
      const target = document.querySelector(link.getAttribute("href") || "nothing");
      const field = target?.matches("input, select, textarea") ? target : target?.querySelector("input, select, textarea");
      const describing = (field?.getAttribute("aria-describedby") ?? field?.closest("fieldset")?.getAttribute("aria-describedby") ?? "").split(/\s+/).filter(Boolean);
      const told = describing.some((id) => document.getElementById(id)?.matches(".govuk-error-message"));
      return field ? (told ? "ok" : `${link.textContent}: the field does not name its error`) : `${link.textContent}: no field at ${link.getAttribute("href")}`;
    });
    return { heading: summary?.querySelector("h2")?.textContent?.trim(), before, links: [...new Set(links)] };
  });
  expect(found, `the error summary of ${page.url()}`).toEqual({ heading: "There is a problem", before: 0, links: ["ok"] });
}

const sheetBytes = new Map<string, number>();

/** What a page may weigh, in bytes of HTML and CSS, compressed. */
const budgetOf = (path: string) => (path.startsWith("/staff") ? 60 : 30) * 1024;

/**
 * The bytes of a first visit: the HTML that arrived and its style sheets, compressed, against the
 * budget. A page without an island has no script at all.
 */
export async function expectBytes(page: Page, html: string): Promise<void> {
  const path = new URL(page.url()).pathname;
  const sheets = [...html.matchAll(/<link[^>]+rel="stylesheet"[^>]*>/g)].map((tag) => (tag[0].match(/href="([^"]+)"/)?.[1] ?? "").replaceAll("&amp;", "&"));
  let bytes = gzipSync(html, { level: 6 }).length;
  for (const sheet of sheets) {
    const known = sheetBytes.get(sheet) ?? gzipSync(await (await page.request.get(sheet)).body(), { level: 6 }).length;
    sheetBytes.set(sheet, known);
    bytes += known;
  }
  expect(bytes, `${path}: ${bytes} bytes of HTML and CSS, gzip`).toBeLessThanOrEqual(budgetOf(path));
  if (!html.includes("<leptos-island")) expect(html.match(/<script|modulepreload|\.wasm/g) ?? [], `script on ${path}`).toEqual([]);
  expect(html.match(/<[a-z][^>]*\sstyle=/g) ?? [], `inline style on ${path}`).toEqual([]);
}
