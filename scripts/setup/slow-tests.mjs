/**
 * Tests that start processes or whole shops, or wait for real timers. `npm test` runs them; the inner loop leaves them out, unless it
 * is asked for one by name.
 */
export const SLOW_TESTS = [
  'scripts/{chaos,replay,simulate}.test.ts',
  'scripts/build/first-load.test.ts',
  'scripts/care/commands.test.ts',
  'scripts/chaos/fault-line.test.ts',
  'scripts/simulate/run-seed.test.ts',
  'server/{main,recovery}.test.ts',
  'server/core/push-journal.{any-courier,hostile}.test.ts',
  'server/http/push-gate.test.ts',
  'server/live/live.test.ts',
  'server/rxdb/{real-client,streams}.test.ts',
  'server/store/sqlite/{write-fault,migrate,torn-log.fault}.test.ts',
  'client/device/{complaints,disk-fault,idle-repair,network-faults,recovery,syncing}.test.ts',
];
