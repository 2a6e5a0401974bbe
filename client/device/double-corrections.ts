import { correctionsApart } from '../../schema/correction.ts';
import type { DeviceEntry } from '../../schema/entry/entry.ts';
import type { Payment } from '../../schema/entry/payment.ts';
import { type EntryId, splitEntryId } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import type { Findings } from '../store/findings.ts';
import type { PaymentBook } from '../store/payment-book.ts';
import type { Office } from './device.ts';

export interface DoubleCorrectionsDeps {
  readonly identity: DeviceIdentity;
  readonly paymentBook: Pick<PaymentBook, 'corrections' | 'correctedAgain' | 'version'>;
  readonly findings: Pick<Findings, 'report'>;
  /** An entry of this device or a pulled one. */
  readonly entry: Office['entry'];
}

/**
 * Tells the person at this device of payments that two devices corrected without knowing of each other: at a till, where one of the
 * corrections is its own; in the office, of all. Each is looked at whenever one more comes. Gives the way to stop.
 */
export function watchDoubleCorrections(deps: DoubleCorrectionsDeps): () => void {
  const seen = new Set<string>();
  const look = () => {
    for (const paid of deps.paymentBook.correctedAgain()) {
      const key = `${paid} ${deps.paymentBook.corrections(paid).length}`;
      if (seen.has(key)) continue;
      seen.add(key);
      void lookAt(deps, paid).catch(() => seen.delete(key));
    }
  };
  look();
  return deps.paymentBook.version.subscribe(look);
}

async function lookAt(deps: DoubleCorrectionsDeps, paid: EntryId): Promise<void> {
  const found = await deps.entry(paid);
  const entry = (found && 'receivedAt' in found ? found.entry : found) as DeviceEntry | undefined;
  const all = deps.paymentBook.corrections(paid);
  for (const [place, { tender, amount }] of (entry ? paymentsIn(entry) : []).entries()) {
    const said = all.filter(({ payment }) => payment === place);
    const isMine = said.some(({ id }) => splitEntryId(id).deviceId === deps.identity.deviceId);
    if (!isMine && deps.identity.role === 'till') continue;
    if (correctionsApart(tender, said).length > 0) await deps.findings.report('corrected-twice', paid, { amount });
  }
}

/** How a sale was paid, or a customer's store credit. */
function paymentsIn({ kind, body }: DeviceEntry): readonly Payment[] {
  if (kind === 'sale') return body.payments;
  return kind === 'credit-payment' ? [body.payment] : [];
}
