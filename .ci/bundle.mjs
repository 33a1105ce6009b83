// bundle.mjs WASM BINDGEN FOLDER: glue, wasm-opt, a content hash in the names, .br and .gz beside them.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const [wasm, bindgen, folder] = process.argv.slice(2);
const budget = 120_000; // bytes of wasm and glue, gzip
const opt = join(import.meta.dirname, "../style/node_modules/.bin/wasm-opt");

const hash = createHash("sha256").update(readFileSync(wasm)).update(readFileSync(import.meta.filename)).digest("hex").slice(0, 12);
const name = `doorstep-${hash}`; // no dot: wasm-bindgen takes what follows one for an ending
const files = [`${name}.js`, `${name}_bg.wasm`];
mkdirSync(folder, { recursive: true });

if (!files.every((file) => existsSync(join(folder, `${file}.gz`)))) {
  const work = join(folder, "making");
  rmSync(work, { recursive: true, force: true });
  execFileSync(bindgen, ["--target", "web", "--no-typescript", "--out-name", name, "--out-dir", work, wasm], { stdio: "inherit" });
  // Never --all-features: binaryen would then write what browsers refuse.
  const made = join(work, files[1]);
  execFileSync(opt, ["-Oz", made, "-o", made], { stdio: "inherit" });
  for (const file of files) {
    const bytes = readFileSync(join(work, file));
    writeFileSync(join(work, `${file}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(join(work, `${file}.br`), brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
  }
  // Older bundles go: the server keeps nothing that no page names.
  for (const old of readdirSync(folder)) if (old !== "making") rmSync(join(folder, old), { recursive: true, force: true });
  for (const file of readdirSync(work)) renameSync(join(work, file), join(folder, file));
  rmSync(work, { recursive: true });
}

const size = (end) => files.reduce((sum, file) => sum + statSync(join(folder, file + end)).size, 0);
console.log(`bundle ${name}: ${size("")} bytes, ${size(".gz")} gzip, ${size(".br")} brotli, budget ${budget} gzip`);
if (size(".gz") > budget) {
  console.error("The bundle is over its budget.");
  process.exit(1);
}
