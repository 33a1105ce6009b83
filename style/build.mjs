// Builds target/site: one style sheet, and the files of public/ beside it.
// `node build.mjs --watch` builds again when a partial changes.
import { cpSync, mkdirSync, watch, writeFileSync } from "node:fs";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { fileURLToPath } from "node:url";
import { dirname, join } from "node:path";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const site = process.env.DOORSTEP_SITE ?? join(here, "../target/site");
const limit = 20 * 1024;
const banned = ["GDS Transport", "govuk-crest", "crown", "GOV.UK"];

function build() {
  const { css } = sass.compile(join(here, "main.scss"), {
    style: "compressed",
    loadPaths: [join(here, "node_modules")],
    quietDeps: true,
  });
  const finished = css.replace(/^\uFEFF/, "");
  for (const word of banned) {
    if (finished.includes(word)) throw new Error(`the style sheet names ${word}`);
  }
  const packed = gzipSync(finished, { level: 9 });
  const size = packed.length;
  if (size > limit) throw new Error(`style.css is ${size} bytes gzipped, more than ${limit}`);
  mkdirSync(site, { recursive: true });
  cpSync(join(here, "../public"), site, { recursive: true });
  writeFileSync(join(site, "style.css"), finished);
  writeFileSync(join(site, "style.css.gz"), packed);
  writeFileSync(join(site, "style.css.br"), brotliCompressSync(finished));
  console.log(`style.css: ${finished.length} bytes, ${size} gzipped`);
}

build();
if (process.argv.includes("--watch")) {
  let due;
  for (const folder of [here, join(here, "ui")]) {
    watch(folder, (_, file) => {
      if (!file?.endsWith(".scss")) return;
      clearTimeout(due);
      due = setTimeout(() => {
        try {
          build();
        } catch (error) {
          console.error(String(error.message ?? error));
        }
      }, 50);
    });
  }
}
