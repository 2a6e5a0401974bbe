import { defineConfig } from '@playwright/test';

const isCi = process.env.CI === 'true';

/** Quiet, deterministic and allowed to run as root in a container. */
const chromiumArgs = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Browser tests. `npm run e2e` finds a Chromium and names it in LACI_CHROMIUM; without it Playwright's own is used. */
const executablePath = process.env.LACI_CHROMIUM;

export default defineConfig({
  testDir: '.',
  testMatch: ['client/e2e/**/*.e2e.ts', 'scripts/**/*.e2e.ts'],
  // Each run has a folder of its own, or two in one checkout would delete each other's.
  outputDir: process.env.LACI_RESULTS_DIR ?? '.reports/e2e',
  workers: isCi ? 1 : 2,
  forbidOnly: true,
  retries: 0,
  // Generous on purpose: a slow machine is no failure, and no test asserts a time.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    // Without its film, which took a third of the time; `--trace on` makes one.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
    launchOptions: { args: chromiumArgs, ...(executablePath ? { executablePath } : {}) },
  },
});
