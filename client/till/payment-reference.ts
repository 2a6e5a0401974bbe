import { QRIS_REFERENCE_MAX } from '../../schema/qris.ts';

/** Characters of an id that tell payments of one till apart in a bank's list. */
const TAIL = 8;

/** Names a payment in its code, so that the bank's list can be compared: the till, what is paid and which of its payments. */
export function paymentReference(till: string, of: string, part: number): string {
  const tail = of.replace(/[^0-9A-Za-z]/g, '').slice(-TAIL);
  return `${till}-${tail.toUpperCase()}-${part}`.slice(0, QRIS_REFERENCE_MAX);
}
