import { planImport } from './plan-import.ts';
import { csvText, productTable } from './product-table.ts';
import type { SheetAnswer, SheetCall } from './sheet-call.ts';
import { isLockedWorkbook, readSheet, writeWorkbook } from './sheet-file.ts';

/** Characters of a number in an id: more than the rows of a file. */
const NUMBER_DIGITS = 6;

/** Does what the worker is asked; the screen stays free meanwhile. */
export async function answerSheet(call: SheetCall): Promise<SheetAnswer> {
  if (call.what === 'write') {
    const table = productTable(call.products, call.currency, call.branches);
    const file = call.as === 'csv' ? new Blob([csvText(table)], { type: 'text/csv' }) : await writeWorkbook(table);
    return { what: 'file', file };
  }
  const sheet = await readSheet(call.bytes);
  if (sheet === null) return { what: 'fault', fault: isLockedWorkbook(call.bytes) ? 'locked' : 'unreadable' };
  let count = 0;
  const newId = () => {
    count += 1;
    return `${call.idStem}${String(count).padStart(NUMBER_DIGITS, '0')}`;
  };
  const plan = planImport(sheet, call.products, { ...call, newId });
  return typeof plan === 'string' ? { what: 'fault', fault: plan } : { what: 'plan', plan };
}
