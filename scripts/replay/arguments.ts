import { parseArgs } from 'node:util';
import { FAULT_KINDS, type FaultKind } from './fault-kinds.ts';
import type { SalesFormat } from './sales-file.ts';

/** What a replay is asked for. */
export interface ReplayArguments {
  readonly sales: string;
  readonly format: SalesFormat;
  readonly tills: number;
  readonly seed: number;
  readonly faults: readonly FaultKind[];
  /** Only the last line, no progress. */
  readonly json: boolean;
}

/** Threads that one machine carries; a branch has 1 to 30 tills. */
export const TILLS_MAX = 30;
const SEED_MAX = 4_294_967_295;
const DEFAULT_TILLS = 4;

export const REPLAY_USAGE = `npm run replay -- --sales FILE --format online-retail|baskets [--tills 1..${TILLS_MAX}] [--seed N]
                  [--faults all|none|${FAULT_KINDS.join(',')}] [--json]

  FILE may be gzipped. online-retail: invoice,stock_code,description,quantity,unit_price_gbp; baskets: one sale a line.`;

/** Reads the command line. Throws with a sentence that says what is wrong. */
export function readReplayArguments(argv: readonly string[]): ReplayArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      sales: { type: 'string' },
      format: { type: 'string' },
      tills: { type: 'string', default: String(DEFAULT_TILLS) },
      seed: { type: 'string', default: '1' },
      faults: { type: 'string', default: 'all' },
      json: { type: 'boolean', default: false },
    },
  });
  if (values.sales === undefined) throw new Error('--sales FILE is missing.');
  return {
    sales: values.sales,
    format: readFormat(values.format),
    tills: readWhole('--tills', values.tills, 1, TILLS_MAX),
    seed: readWhole('--seed', values.seed, 0, SEED_MAX),
    faults: readFaults(values.faults),
    json: values.json,
  };
}

function readFormat(text: string | undefined): SalesFormat {
  if (text === 'online-retail' || text === 'baskets') return text;
  throw new Error(text === undefined ? '--format is missing.' : `--format ${text} is not known.`);
}

function readWhole(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Error(`${name} must be a whole number from ${least} to ${most}, not ${text}.`);
}

function readFaults(text: string): FaultKind[] {
  if (text === 'all') return [...FAULT_KINDS];
  if (text === 'none') return [];
  return text.split(',').map((kind) => {
    if ((FAULT_KINDS as readonly string[]).includes(kind)) return kind as FaultKind;
    throw new Error(`--faults ${kind} is not known; there are ${FAULT_KINDS.join(', ')}, all and none.`);
  });
}
