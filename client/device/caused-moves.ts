import { OPENING_REFERENCE } from '../../schema/entry/movement.ts';
import type { DeviceId, ProductId } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import type { CausedMove } from '../../schema/stock/stock-causes.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { Journal } from '../store/journal.ts';
import { isTold, type MovementBook, type MovementEntry } from '../store/movement-book.ts';

/** What the movements that are here did to a product, each with what it was. */
export function causedMoves(book: Pick<MovementBook, 'all'>, product: ProductId): CausedMove[] {
  return book.all().flatMap(({ deviceId, entry }) => {
    if (isTold(entry) || !entry.body.lines.some(({ productId }) => productId === product)) return [];
    const effect = stockEffects(entry).find(({ productId }) => productId === product);
    const cause = causeOf(entry);
    return effect && cause ? [{ deviceId, cause, units: effect.in - effect.out }] : [];
  });
}

/** Null for a count, which moves nothing. */
function causeOf(entry: MovementEntry): CausedMove['cause'] | null {
  switch (entry.kind) {
    case 'receive':
      return entry.body.reference === OPENING_REFERENCE ? 'opening' : 'received';
    case 'transfer-in':
      return 'arrived';
    case 'transfer-out':
      return 'sent';
    case 'adjust':
      return 'adjusted';
    case 'waste':
      return 'wasted';
    case 'count':
      return null;
  }
}

interface HeldWholeDeps {
  readonly identity: Pick<DeviceIdentity, 'deviceId'>;
  readonly company: Pick<CompanyBook, 'devices'>;
  readonly journal: Pick<Journal, 'index'>;
  readonly heldSince: () => number;
}

/** Of which devices all movements are here: the own one while nothing was pruned, and those that were enrolled since entries are kept. Of the retired ones, where that is so of all. */
export function heldWhole({
  identity,
  company,
  journal,
  heldSince,
}: HeldWholeDeps): (device: DeviceId | null) => boolean {
  const since = heldSince();
  const older = new Set(company.devices.get().flatMap((doc) => (doc.enrolledAt < since ? [doc.device] : [])));
  const isOwnWhole = (journal.index.after(0)[0]?.seq ?? 1) === 1;
  return (device) =>
    device === null ? older.size === 0 : device === identity.deviceId ? isOwnWhole : !older.has(device);
}
