import { parseArgs } from 'node:util';

/** What a chaos run is asked for. */
export interface ChaosArguments {
  /** Kills of the server in the middle of pushes. */
  readonly kills: number;
  /** Kills of the browser at checkout. */
  readonly browserKills: number;
  readonly tills: number;
  readonly seed: number;
  /** Only the last line, no progress. */
  readonly json: boolean;
}

const KILLS_MAX = 10_000;
const TILLS_MAX = 30;
const SEED_MAX = 4_294_967_295;

export const CHAOS_USAGE = `npm run chaos [-- --kills N (50)] [--browser-kills N (20)] [--tills 1..${TILLS_MAX} (4)] [--seed N (1)] [--json]

  Real server, real tills, real Chromium, killed for real; lines between them that are slow, cut, reset, half-open or a stranger's.`;

/** Reads the command line. Throws with a sentence that says what is wrong. */
export function readChaosArguments(argv: readonly string[]): ChaosArguments {
  const text = (value: string) => ({ type: 'string', default: value }) as const;
  const { values } = parseArgs({
    args: [...argv],
    options: {
      kills: text('50'),
      'browser-kills': text('20'),
      tills: text('4'),
      seed: text('1'),
      json: { type: 'boolean', default: false },
    },
  });
  return {
    kills: readWhole('--kills', values.kills, 0, KILLS_MAX),
    browserKills: readWhole('--browser-kills', values['browser-kills'], 0, KILLS_MAX),
    tills: readWhole('--tills', values.tills, 1, TILLS_MAX),
    seed: readWhole('--seed', values.seed, 0, SEED_MAX),
    json: values.json,
  };
}

function readWhole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`${name} must be a whole number from ${least} to ${most}, not ${text}.`);
}
