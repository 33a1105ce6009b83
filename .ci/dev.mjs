// dev.mjs BINARY: watches the sources; see dev.sh.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, watch } from "node:fs";

const [binary] = process.argv.slice(2);
const run = (command, ...args) => spawnSync(command, args, { stdio: "inherit" }).status === 0;
let server;

async function restart() {
  if (!run("cargo", "build", "--bin", "doorstep", "--features", "ssr")) return;
  if (server && server.exitCode === null) {
    const gone = new Promise((done) => server.once("exit", done));
    server.kill("SIGTERM");
    await gone;
  }
  if (!existsSync(process.env.DOORSTEP_DATA)) run(binary, "example");
  server = spawn(binary, ["serve"], { stdio: "inherit" });
}

const styles = spawn(".ci/style.sh", ["--watch"], { stdio: "inherit" });
process.on("SIGINT", () => {
  styles.kill();
  server?.kill("SIGTERM");
  process.exit(0);
});
run(".ci/bundle.sh");
await restart();

let due;
let island = false;
watch("src", { recursive: true }, (_, file) => {
  if (!file) return;
  island ||= file === "lib.rs" || file.endsWith("island.rs");
  clearTimeout(due);
  due = setTimeout(async () => {
    if (island) run(".ci/bundle.sh");
    island = false;
    await restart();
  }, 200);
});
for (const folder of ["migrations"]) {
  if (existsSync(folder)) watch(folder, { recursive: true }, () => restart());
}
