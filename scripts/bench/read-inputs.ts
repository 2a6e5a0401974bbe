import type { Currency } from '../../schema/money.ts';
import { NO_TAX } from '../../schema/tax.ts';
import { readCatalogue } from '../../server/seed/read-catalogue.ts';
import { readBaskets } from '../replay/read-baskets.ts';
import { readOnlineRetail } from '../replay/read-online-retail.ts';
import { readText } from '../replay/read-text.ts';
import type { SalesFile, SalesFormat } from '../replay/sales-file.ts';
import { SetupProblem } from '../setup/setup-problem.mjs';
import type { BenchOrder, Tell } from './bench-order.ts';
import { basketsOf } from './sales-baskets.ts';

/** What a bench shop knows: rupiah, and the demo's taxes. */
const RULES = { currency: { code: 'IDR', digits: 0 } as Currency, taxIds: new Set(['ppn11', NO_TAX.id]) };

/**
 * Reads the files that a run is asked for before anything is begun, and tells what in them counts. Throws with a sentence for one that
 * cannot be used.
 */
export function readInputs({ catalogue, salesFile, format }: BenchOrder, tell: Tell): void {
  if (catalogue !== undefined) tell(describeCatalogue(catalogue));
  if (salesFile !== undefined) tell(describeSales(salesFile, format));
}

function describeCatalogue(file: string): string {
  const read = readCatalogue(readNamed('--catalogue', file), RULES);
  if (!read.ok)
    throw new SetupProblem(
      `${file} cannot be a catalogue. ${read.error} Give a CSV file with the columns barcode and name.`,
    );
  const { items, bad } = read.value;
  const [first] = bad;
  const left = first ? `; ${bad.length} lines are left out, e.g. line ${first.line}: ${first.reason}` : '';
  if (items.length === 0)
    throw new SetupProblem(`${file} holds no product that can be sold${left}. Give one with rows of barcode and name.`);
  return `${file}: ${items.length} products${left}`;
}

function describeSales(file: string, format: SalesFormat): string {
  const { rows, skipped } = readSales(file, format);
  const baskets = basketsOf(rows);
  const [first] = skipped;
  const left = first ? `; ${skipped.length} lines are left out, e.g. line ${first.line}: ${first.why}` : '';
  if (baskets.length === 0) throw new SetupProblem(`There is no sale in ${file}${left}. ${OTHER_FORMAT[format]}`);
  return `${file}: ${baskets.length} sales${left}`;
}

const OTHER_FORMAT: Readonly<Record<SalesFormat, string>> = {
  'online-retail': 'If each of its lines is one sale, say --format baskets.',
  baskets: 'If each of its lines is one product of an invoice, say --format online-retail.',
};

/** A sales file as it is read everywhere. Throws with a sentence when it cannot be. */
export function readSales(file: string, format: SalesFormat): SalesFile {
  const text = readNamed('--sales-file', file);
  try {
    return format === 'baskets' ? readBaskets(text) : readOnlineRetail(text);
  } catch (error) {
    throw new SetupProblem(`${file} cannot be read as ${format}. ${messageOf(error)}. ${OTHER_FORMAT[format]}`);
  }
}

function readNamed(option: string, file: string): string {
  try {
    return readText(file);
  } catch (error) {
    throw new SetupProblem(`${option} ${file} cannot be read: ${messageOf(error)}.`);
  }
}

/** A message without its last stop, to stand in a sentence. */
function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
