import type { DeviceId, Scope } from '../../schema/ids.ts';
import type { Position } from '../../schema/protocol/checkpoint.ts';
import { knowsDocument } from '../../schema/protocol/known-collections.ts';
import type { StockDelta } from '../../schema/protocol/live.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { StoredChange } from '../store/store.ts';
import type { ToldEntry } from './gathered-entries.ts';

/** One message for everybody in a scope, as text. */
export interface ChangesMessage {
  readonly text: string;
  /** For devices of an older version, without what that does not have; made once per version. */
  textFor(protocol: number): string;
  /** The same as bytes, made once for all sockets that send them as they are. */
  bytesFor(protocol: number): Buffer;
  /** The only device of whose own entries it tells, which has them; null where it tells of anything else. */
  readonly author: DeviceId | null;
  /** The device that brought what changed, which is told last; null where none did. */
  readonly courier: DeviceId | null;
}

/** A message of texts by version, each encoded once. */
export function encodeOnce(
  text: string,
  textFor: (protocol: number) => string,
  { author = null, courier = null }: Partial<Pick<ChangesMessage, 'author' | 'courier'>> = {},
): ChangesMessage {
  const encoded = new Map<string, Buffer>();
  const bytesFor = (protocol: number): Buffer => {
    const wanted = textFor(protocol);
    const bytes = encoded.get(wanted) ?? Buffer.from(wanted);
    encoded.set(wanted, bytes);
    return bytes;
  };
  return { text, textFor, bytesFor, author, courier };
}

type DocumentChange = Extract<StoredChange, { kind: 'document' }>;

/** What changed behind `from` up to `to`, the entries left out: that `to` lies beyond them says that they follow. */
export function changesMessage(
  scope: Scope,
  from: number,
  to: Position,
  changes: readonly StoredChange[],
): ChangesMessage {
  const documents = changes.filter((change) => change.kind === 'document');
  const text = messageText(scope, from, to, documents.map(changeJsonFrom(from)));
  const older = new Map<number, string>();
  const make = (protocol: number): string => {
    const known = documents.filter(({ collection, json }) => knowsDocument(protocol, collection, idOf(json)));
    return known.length === documents.length ? text : messageText(scope, from, to, known.map(changeJsonFrom(from)));
  };
  const textFor = (protocol: number): string => {
    if (protocol >= PROTOCOL_VERSION) return text;
    const made = older.get(protocol) ?? make(protocol);
    older.set(protocol, made);
    return made;
  };
  const courier = changes.find((change) => change.kind === 'entry')?.entry.courier ?? null;
  return encodeOnce(text, textFor, { courier });
}

/** Entries up to `at`, where whoever listens stands already: a message that begins and ends there. */
export function entriesMessage(scope: Scope, at: Position, entries: readonly ToldEntry[]): ChangesMessage {
  const told = entries.map(({ seq, json }) => documentJson('branchJournal', seq, json));
  const text = messageText(scope, at.seq, at, told);
  const [author, ...others] = new Set(entries.map(({ deviceId }) => deviceId));
  return encodeOnce(text, () => text, { author: author !== undefined && others.length === 0 ? author : null });
}

function idOf(json: string): string {
  return (JSON.parse(json) as { readonly id: string }).id;
}

function messageText(scope: Scope, from: number, to: Position, changes: readonly string[]): string {
  const head = JSON.stringify({ type: 'changes', scope, from, to });
  return `${head.slice(0, -1)},"changes":[${changes.join(',')}]}`;
}

/** One change. Stored texts are set in as they are; only stock that moves by one counter is read, to send that alone. */
function changeJsonFrom(from: number) {
  return (change: DocumentChange): string => {
    const delta = deltaOf(change, from);
    if (delta) return JSON.stringify({ collection: 'stock', seq: change.seq, delta });
    return documentJson(change.collection, change.seq, change.json);
  };
}

function documentJson(collection: string, seq: number, json: string): string {
  return `{"collection":"${collection}","seq":${seq},"document":${json}}`;
}

/**
 * One device's new counter, when that is all that changed since `from`: the readers hold the document as it was before, because
 * its last change but one is not behind `from`.
 */
function deltaOf(change: DocumentChange, from: number): StockDelta | null {
  const { collection, movedBy, previousSeq } = change;
  if (collection !== 'stock' || movedBy === null || previousSeq === 0 || previousSeq > from) return null;
  const { productId, epoch, n, counters } = JSON.parse(change.json) as Stock;
  const counter = counters[movedBy];
  return counter ? { productId, epoch, n, deviceId: movedBy, counter } : null;
}
