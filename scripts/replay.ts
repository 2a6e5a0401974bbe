import { REPLAY_USAGE, type ReplayArguments, readReplayArguments } from './replay/arguments.ts';
import { isGood, outcomeJson, outcomeText } from './replay/outcome-text.ts';
import { runReplay } from './replay/run-replay.ts';
import { SalesFileFault } from './replay/sales-file.ts';

/** `npm run replay`: real sales over real client stacks and a real server with faults. Status 1 when anything is wrong. */
async function main(): Promise<number> {
  const asked = readOrExplain();
  if (asked === null) return 1;
  const begun = performance.now();
  const seconds = () => Math.round((performance.now() - begun) / 100) / 10;
  const tell = asked.json ? () => undefined : (text: string) => process.stderr.write(`[${seconds()} s] ${text}\n`);
  const outcome = await runReplay(asked, tell);
  process.stderr.write(`${outcomeText(asked, outcome)}\n`);
  process.stdout.write(`${outcomeJson(asked, outcome, seconds())}\n`);
  return isGood(asked, outcome) ? 0 : 1;
}

function readOrExplain(): ReplayArguments | null {
  try {
    return readReplayArguments(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${REPLAY_USAGE}\n`);
    return null;
  }
}

function errorText(error: unknown): string {
  if (error instanceof SalesFileFault) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`The replay failed: ${errorText(error)}
`);
  process.exitCode = 1;
}
