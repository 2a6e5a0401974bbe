import { OPENING_REFERENCE } from '../../schema/entry/movement.ts';
import type { DeviceId, ProductId } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import { stockEffects } from '../../schema/stock/effect.ts';
import type { CausedMove } from '../../schema/stock/stock-causes.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { Shelves } from '../store/device-disk.ts';
import type { Journal } from '../store/journal.ts';
import {
  isMovement,
  isTold,
  type KeptMovement,
  keptOf,
  type MovementBook,
  type MovementEntry,
  onceEach,
} from '../store/movement-book.ts';
import { readInPages } from '../store/read-in-pages.ts';

/** What the movements that are here did to a product, each with what it was. */
export function causedMoves(book: Pick<MovementBook, 'all'>, product: ProductId): CausedMove[] {
  return book.all().flatMap(({ deviceId, entry }) => {
    if (isTold(entry) || !entry.body.lines.some(({ productId }) => productId === product)) return [];
    const effect = stockEffects(entry).find(({ productId }) => productId === product);
    const cause = causeOf(entry);
    return effect && cause ? [{ deviceId, cause, units: effect.in - effect.out }] : [];
  });
}

interface JournalsHere {
  readonly journal: Pick<Journal, 'index' | 'read'>;
  readonly shelves: Pick<Shelves, 'branchJournal'>;
}

/** The same where memory does not hold all movements: the journals that are here are read through, and only what is about the product stays. */
export async function readCausedMoves({ journal, shelves }: JournalsHere, product: ProductId): Promise<CausedMove[]> {
  const found: KeptMovement[] = [];
  const take = (movement: KeptMovement | null) => {
    if (movement && causedMoves({ all: () => [movement] }, product).length > 0) found.push(movement);
  };
  const seqs = journal.index.after(0);
  for (const entry of await journal.read(seqs[0]?.seq ?? 1, seqs.at(-1)?.seq ?? 0)) {
    if (isMovement(entry)) take({ id: entry.id, deviceId: entry.deviceId, entry, isOwn: true });
  }
  await readInPages(shelves.branchJournal, (page) => {
    for (const row of page) take(keptOf(row));
  });
  return causedMoves({ all: () => onceEach(found) }, product);
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
  const isOwnWhole = (journal.index.next(0)?.seq ?? 1) === 1;
  return (device) =>
    device === null ? older.size === 0 : device === identity.deviceId ? isOwnWhole : !older.has(device);
}
