import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startKillableServer } from './killable-server.ts';

test('a server that is stopped while it comes back from a kill does not run on', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'laci-killable-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const server = await startKillableServer(folder, ['--no-demo']);
  let judged: () => void = () => undefined;
  const killed = new Promise<void>((resolve) => {
    judged = resolve;
  });
  const back = server.killAndRestart(judged);
  await killed;
  await server.stop();
  await back;
  await expect(fetch(`http://127.0.0.1:${server.port}/health`)).rejects.toThrow();
});
