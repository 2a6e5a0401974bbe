import { readSimulateArguments, SIMULATE_USAGE, type SimulateArguments } from './simulate/arguments.ts';
import { PLANTS } from './simulate/plants.ts';
import { provePlants } from './simulate/prove-plants.ts';
import { simulate, traceSeed } from './simulate/simulate-seeds.ts';

/** `npm run simulate`: seeded shops with faults, in virtual time. Status 1 when a rule breaks, or a planted bug is not caught. */
async function main(): Promise<number> {
  const asked = readOrExplain();
  if (asked === null) return 1;
  if (asked.plants) {
    for (const { name, rule, what } of PLANTS) process.stdout.write(`${name.padEnd(34)} ${rule.padEnd(4)} ${what}\n`);
    return 0;
  }
  if (asked.trace) await traceSeed(asked.from, say);
  return asked.plant === null ? simulate(asked, say, print) : provePlants(asked.plant, asked, say, print);
}

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function readOrExplain(): SimulateArguments | null {
  try {
    return readSimulateArguments(process.argv.slice(2));
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${SIMULATE_USAGE}`);
    return null;
  }
}

process.exitCode = await main();
