import { tmpdir } from 'node:os';
import process from 'node:process';
import { expect, test } from 'vitest';
import { captureProcess, runProcess, statusOf } from './run-process.mjs';

test('[SETUP11] the exit status comes through, a signal as shells tell it', async () => {
  expect(statusOf(3, null)).toBe(3);
  expect(statusOf(null, 'SIGTERM')).toBe(143);
  expect(await runProcess(process.execPath, ['--eval', 'process.exit(7)'])).toBe(7);
});

test('[SETUP11] a signal to setup reaches the program it runs', async () => {
  const program =
    'process.on("SIGTERM", () => process.exit(5)); setTimeout(() => {}, 10_000); process.kill(process.ppid, "SIGTERM")';
  const parent = `import { runProcess } from ${JSON.stringify(new URL('run-process.mjs', import.meta.url).href)};
    process.exitCode = await runProcess(process.execPath, ['--eval', ${JSON.stringify(program)}]);`;
  const { status } = await captureProcess(process.execPath, ['--input-type=module', '--eval', parent]);
  expect(status).toBe(5);
});

test('[SETUP11] a program ends when the shell of npm that ran setup was killed', async () => {
  const program = 'console.log(process.pid); setInterval(() => {}, 1000)';
  const setup = `import { runProcess } from ${JSON.stringify(new URL('run-process.mjs', import.meta.url).href)};
    await runProcess(process.execPath, ['--eval', ${JSON.stringify(program)}]);`;
  const args = ['--input-type=module', '--eval', setup];
  // The shell of npm: it starts setup, and dies as soon as the program runs.
  const shell = `const { spawn } = require('node:child_process');
    const setup = spawn(process.execPath, ${JSON.stringify(args)}, { env: { ...process.env, npm_lifecycle_event: 'start' } });
    setup.stdout.once('data', (pid) => { process.stdout.write(pid); process.exit(); });`;
  const { output } = await captureProcess(process.execPath, ['--eval', shell]);
  const pid = Number(output);
  expect(pid).toBeGreaterThan(0);
  await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false);
});

test('[SETUP11] a quiet run keeps what was written, and a missing program is status 127', async () => {
  const quiet = await captureProcess(process.execPath, ['--eval', 'console.log("out"); console.error("err")'], {
    cwd: tmpdir(),
  });
  expect(quiet.status).toBe(0);
  expect(quiet.output.split('\n').sort()).toEqual(['', 'err', 'out']);
  expect((await captureProcess('/no/such/program', [])).status).toBe(127);
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
