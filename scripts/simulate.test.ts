import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

const COMMAND = new URL('simulate.ts', import.meta.url).pathname;

function simulate(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8' });
  return { status, stderr, last: stdout.trim().split('\n').at(-1) ?? '', stdout };
}

test('[SIM5] a planted bug is caught by its rule, and the last line says where', () => {
  const { status, last } = simulate('--plant', 'ack-before-fsync', '--seeds', '20');
  expect([status, JSON.parse(last)]).toMatchObject([0, { plant: 'ack-before-fsync', rule: 'I2', caughtBy: 'I2' }]);
}, 180_000);

test('[SIM4] the plants are listed with their rules', () => {
  const { status, stdout } = simulate('--plants');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^no-dedupe +I1 /m);
});

test('[SIM5] what cannot be asked is explained', () => {
  const { status, stderr } = simulate('--seeds', 'many');
  expect(status).toBe(1);
  expect(stderr).toContain('npm run simulate');
});
