import { defineConfig } from "@playwright/test";

const small = { width: 320, height: 640 };
const wide = { width: 1280, height: 900 };

// Each journey runs with script and without, on a phone and on a desk.
export default defineConfig({
  testDir: "journeys",
  outputDir: "test-results",
  globalSetup: "./support/prepare.ts",
  fullyParallel: true,
  workers: Number(process.env.WORKERS ?? 2),
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 10_000 },
  reporter: [["list"]],
  use: {
    locale: "en-GB",
    timezoneId: "Europe/London",
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    trace: "off",
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
  projects: [
    { name: "script-on-1280", use: { viewport: wide, javaScriptEnabled: true } },
    { name: "script-off-320", use: { viewport: small, javaScriptEnabled: false } },
    { name: "script-on-320", use: { viewport: small, javaScriptEnabled: true }, grep: /@everywhere/ },
    { name: "script-off-1280", use: { viewport: wide, javaScriptEnabled: false }, grep: /@everywhere/ },
  ],
});
