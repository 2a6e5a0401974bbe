import { CHAOS_USAGE, type ChaosArguments, readChaosArguments } from './chaos/arguments.ts';
import { chaosResult, chaosText, violationsOf } from './chaos/outcome.ts';
import { createProgress } from './chaos/progress.ts';
import { runChaos } from './chaos/run-chaos.ts';
import { bringChromium } from './setup/chromium.mjs';
import { buildClient } from './setup/client-build.mjs';

/** `npm run chaos`: real processes, killed in the middle of what they do. Status 1 when anything was lost, doubled or broken. */
async function main(): Promise<number> {
  const asked = readOrExplain();
  if (asked === null) return 1;
  if (asked.browserKills > 0) {
    process.env.LACI_CHROMIUM = await bringChromium();
    await buildClient();
  }
  const begun = performance.now();
  const progress = createProgress(process.stderr, asked.json);
  const outcome = await runChaos(asked, progress.tell);
  progress.end();
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  process.stderr.write(`${chaosText(outcome)}\n`);
  process.stdout.write(`${JSON.stringify(chaosResult(asked, outcome, seconds))}\n`);
  return violationsOf(outcome).length === 0 ? 0 : 1;
}

function readOrExplain(): ChaosArguments | null {
  try {
    return readChaosArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${CHAOS_USAGE}\n`);
    return null;
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(
    `The chaos run failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
}
