import { defineConfig } from 'vitest/config';

/** Unit tests stand beside the code and run in node; browser tests are Playwright's (client/e2e). */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['{schema,server,client,scripts}/**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', 'client/e2e/**', 'peers/**'],
    // A promise that nobody awaited is a failure, not a line in the log.
    dangerouslyIgnoreUnhandledErrors: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
