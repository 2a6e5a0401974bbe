import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { Deps } from '../../server/deps.ts';
import { verifySignature } from '../../server/keys/verify-signature.ts';

/** The real clock, randomness and timers, for the commands that take care of a shop's files. */
export const machine: Deps = {
  now: () => Date.now(),
  randomBytes: (count) => randomBytes(count),
  every: (ms, work) => {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
  after: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  breathe: () => new Promise((resolve) => setImmediate(resolve)),
  verify: verifySignature,
  log: pino({ level: 'silent' }),
};

/** Runs a command: what it throws becomes a line and a status, never a stack. */
export async function runCare(act: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await act();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

/** Says why a command cannot be done. Gives its status. */
export function refuse(reason: string): number {
  process.stderr.write(`Laci: ${reason}\n`);
  return 1;
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
