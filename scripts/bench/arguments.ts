import { parseArgs } from 'node:util';

export interface BenchArguments {
  readonly name: string;
  /** Only the last line. */
  readonly json: boolean;
  /** Measured rounds. */
  readonly rounds: number;
}

const ROUNDS_DEFAULT = 5;
const ROUNDS_MAX = 100;

/** Reads `NAME [--json] [--rounds N]`. Throws with a sentence when the name is none of `names`. */
export function readBenchArguments(argv: readonly string[], names: readonly string[]): BenchArguments {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: String(ROUNDS_DEFAULT) } },
  });
  const [name, ...more] = positionals;
  const known = `There is: ${names.join(', ')}.`;
  if (name === undefined) throw new Error(`Which benchmark? ${known}`);
  if (!names.includes(name)) throw new Error(`There is no benchmark called ${name}. ${known}`);
  if (more.length > 0) throw new Error(`One benchmark at a time, not ${positionals.join(' and ')}.`);
  const rounds = Number(values.rounds);
  if (!/^\d+$/.test(values.rounds) || rounds < 1 || rounds > ROUNDS_MAX)
    throw new Error(`--rounds must be 1 to ${ROUNDS_MAX}.`);
  return { name, json: values.json, rounds };
}
