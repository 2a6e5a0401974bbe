import type { DeviceId } from '../../schema/ids.ts';
import type { PublicKey } from '../../schema/protocol/enrol.ts';
import type { JournalPush } from '../../schema/protocol/push.ts';
import { ok, type Result } from '../../schema/result.ts';
import { entrySigningText } from '../../schema/signature.ts';
import type { StoredDevice } from '../store/store.ts';
import { findAuthors } from './authors.ts';
import type { Core } from './core.ts';
import { type PlacedRow, placeRow } from './judge-row.ts';
import { readSignatures, rowKey, vouchRows } from './vouch.ts';

/** A push as far as it can be judged before the store is locked: what its rows claim, who wrote them, what is proven. */
export interface ExaminedPush {
  readonly courier: StoredDevice;
  readonly protocol: number;
  readonly request: JournalPush;
  readonly rows: readonly Result<PlacedRow, string>[];
  readonly authors: ReadonlyMap<DeviceId, StoredDevice>;
  /** True when the author's own signature proves a row. */
  isVouched(row: PlacedRow): boolean;
  /** True for a sale that the server itself takes: its limited goods come out of what no device holds, which was looked at. */
  readonly sellsFree?: boolean;
  /** The signature that came for a row, or ''. */
  signatureOf(row: PlacedRow): string;
}

/** A device that stays connected is the same object with each of its sales. */
const publicKeys = new WeakMap<StoredDevice, PublicKey>();

function publicKeyOf(author: StoredDevice): PublicKey {
  const publicKey = publicKeys.get(author) ?? (JSON.parse(author.publicKey) as PublicKey);
  publicKeys.set(author, publicKey);
  return publicKey;
}

/** Judges a push; `read` are its rows where somebody placed and read them before. */
export async function examinePush(
  core: Core,
  courier: StoredDevice,
  request: JournalPush,
  protocol: number,
  read?: readonly PlacedRow[],
): Promise<ExaminedPush> {
  const rows = read ? read.map(ok) : request.entries.map(placeRow);
  const placed = rows.flatMap((row) => (row.ok ? [row.value] : []));
  const byAuthor = Map.groupBy(placed, ({ deviceId }) => deviceId);
  const authors = await findAuthors(core, courier, byAuthor.keys(), request.certificates ?? []);
  const signatures = readSignatures(request.signatures ?? []);
  const signatureOf = ({ place }: PlacedRow): string => signatures.get(rowKey(place)) ?? '';
  const vouched = new Set<string>();
  for (const [deviceId, theirs] of byAuthor) {
    const author = authors.get(deviceId);
    if (!author) continue;
    const publicKey = publicKeyOf(author);
    const isSigned = (row: PlacedRow): boolean => {
      const signature = signatureOf(row);
      if (signature === '') return false;
      return core.deps.verify(publicKey, entrySigningText(row.place.id, row.place.hash), signature);
    };
    for (const key of vouchRows(theirs, isSigned)) vouched.add(key);
  }
  const isVouched = ({ place }: PlacedRow): boolean => vouched.has(rowKey(place));
  return { courier, protocol, request, rows, authors, isVouched, signatureOf };
}
