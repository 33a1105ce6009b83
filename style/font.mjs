// Makes public/fonts from the npm package: Latin in one file, the Welsh letters
// that Latin-1 lacks in a second one, which a browser loads only where a page has them.
// Run `npm run font` after a new version of the typeface; its result is committed.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import subsetFont from "subset-font";

const source = new URL("node_modules/@fontsource-variable/atkinson-hyperlegible-next/", import.meta.url);
const target = new URL("../public/fonts/", import.meta.url);
const limit = 40 * 1024;

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i)).join("");
const latin = range(0x20, 0x7e) + range(0xa0, 0xff) + "–—‘’‚“”„†•…‹›€™−×÷≤≥←↑→↓✓";
const welsh = "ŴŵŶŷẀẁẂẃẄẅỲỳŸ";

const files = [
  ["latin", latin],
  ["latin-ext", welsh],
];

mkdirSync(target, { recursive: true });
for (const [name, letters] of files) {
  const font = readFileSync(new URL(`files/atkinson-hyperlegible-next-${name}-wght-normal.woff2`, source));
  const made = await subsetFont(font, letters, {
    targetFormat: "woff2",
    variationAxes: { wght: { min: 400, max: 800 } },
    keepFeatures: ["kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum", "lnum", "case"],
    noHinting: true,
  });
  const file = name === "latin" ? "atkinson-next.woff2" : "atkinson-next-welsh.woff2";
  if (made.length > limit) throw new Error(`${file} is ${made.length} bytes, more than ${limit}`);
  writeFileSync(new URL(file, target), made);
  console.log(`${file}: ${made.length} bytes`);
}
writeFileSync(new URL("OFL.txt", target), readFileSync(new URL("LICENSE", source)));
