import { parseArgs } from 'node:util';

export interface BenchArguments {
  readonly name: string;
  /** Only the last line. */
  readonly json: boolean;
  /** Measured rounds. */
  readonly rounds: number;
  /** Sales in the shop that `office` makes. */
  readonly sales: number;
}

const ROUNDS_DEFAULT = 5;
const ROUNDS_MAX = 100;
const SALES_DEFAULT = 1_000_000;

/** Reads `NAME [--json] [--rounds N] [--sales N]`. Throws with a sentence when the name is none of `names`. */
export function readBenchArguments(argv: readonly string[], names: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: String(ROUNDS_DEFAULT) },
      sales: { type: 'string', default: String(SALES_DEFAULT) },
    },
  });
  const [name, ...more] = positionals;
  const known = `There is: ${names.join(', ')}.`;
  if (name === undefined) throw new Error(`Which benchmark? ${known}`);
  if (!names.includes(name)) throw new Error(`There is no benchmark called ${name}. ${known}`);
  if (more.length > 0) throw new Error(`One benchmark at a time, not ${positionals.join(' and ')}.`);
  const rounds = Number(values.rounds);
  if (!/^\d+$/.test(values.rounds) || rounds < 1 || rounds > ROUNDS_MAX)
    throw new Error(`--rounds must be 1 to ${ROUNDS_MAX}.`);
  const sales = Number(values.sales);
  if (!/^\d+$/.test(values.sales) || sales < 1 || sales > SALES_DEFAULT)
    throw new Error(`--sales must be 1 to ${SALES_DEFAULT}.`);
  return { name, json: values.json, rounds, sales };
}
