import { parseArgs } from 'node:util';
import type { BenchOrder } from './bench-order.ts';

export interface BenchArguments extends BenchOrder {
  /** One benchmark, `summary`, or null for all benchmarks. */
  readonly name: string | null;
  /** Only one line for each result. */
  readonly json: boolean;
}

const ROUNDS_MAX = 100;
const SALES_MAX = 1_000_000;
const PRODUCTS_MAX = 100_000;
const ENTRIES_MAX = 200_000;
/** Prints the goals' table out of the reports. */
export const SUMMARY = 'summary';

export const USAGE = `Usage: npm run bench -- [NAME] [options]
  without a name all of them run, one after the other; ${SUMMARY} prints the table of goals out of their reports
  --json                 one line for each result, and nothing else
  --rounds N             measured rounds (5)
  --products N           products in the shop, made of the demo's (20,000)
  --catalogue FILE       a catalogue of your own, CSV with the columns barcode and name, also gzipped
  --sales-file FILE      what bare tills and made shops sell, as for npm run replay, also gzipped
  --format NAME          of that file: online-retail or baskets (online-retail)
  --sales N              entries of the shops that office and history-growth make (1,000,000)
  --entries N            entries on the device for the last part of till (100,000)`;

/** Reads the command line. Throws with a sentence when the name is none of `names`, or a value is out of range. */
export function readBenchArguments(argv: readonly string[], names: readonly string[]): BenchArguments {
  const { values, positionals } = parse(argv);
  const [name, ...more] = positionals;
  if (name !== undefined && name !== SUMMARY && !names.includes(name))
    throw new Error(`There is no benchmark called ${name}. There is: ${names.join(', ')}.`);
  if (more.length > 0) throw new Error(`One benchmark at a time, not ${positionals.join(' and ')}.`);
  if (values.format !== 'online-retail' && values.format !== 'baskets')
    throw new Error(`--format ${values.format} is not known.`);
  if (values.products !== undefined && values.catalogue !== undefined)
    throw new Error('Either --products or --catalogue, not both.');
  return {
    name: name ?? null,
    json: values.json,
    rounds: readWhole('--rounds', values.rounds, ROUNDS_MAX),
    sales: readWhole('--sales', values.sales, SALES_MAX),
    products: values.products === undefined ? undefined : readWhole('--products', values.products, PRODUCTS_MAX),
    catalogue: values.catalogue,
    salesFile: values['sales-file'],
    format: values.format,
    entries: readWhole('--entries', values.entries, ENTRIES_MAX),
  };
}

function readWhole(name: string, text: string, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= most) return value;
  throw new Error(`${name} must be 1 to ${most}.`);
}

function parse(argv: readonly string[]) {
  return parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      sales: { type: 'string', default: String(SALES_MAX) },
      products: { type: 'string' },
      catalogue: { type: 'string' },
      'sales-file': { type: 'string' },
      format: { type: 'string', default: 'online-retail' },
      entries: { type: 'string', default: '100000' },
    },
  });
}
