import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ChaosArguments } from './arguments.ts';
import { runBrowserChaos } from './browser-chaos.ts';
import type { ChaosOutcome } from './outcome.ts';
import { runServerChaos, type Tell } from './server-chaos.ts';

/** Kills the server, then the browser, as often as asked. All files go to a folder of the run's own, which is removed. */
export async function runChaos(asked: ChaosArguments, tell: Tell): Promise<ChaosOutcome> {
  const { kills, browserKills, tills, seed } = asked;
  const folder = mkdtempSync(join(tmpdir(), 'laci-chaos-'));
  const part = (name: string) => {
    mkdirSync(join(folder, name));
    return join(folder, name);
  };
  try {
    const server = kills > 0 ? await runServerChaos(part('server'), { kills, tills, seed }, tell) : null;
    const browser =
      browserKills > 0 ? await runBrowserChaos(part('browser'), { kills: browserKills, seed }, tell) : null;
    return { server, browser };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
