import type { Scope } from '../../schema/ids.ts';
import type { Position } from '../../schema/protocol/checkpoint.ts';
import { knowsDocument } from '../../schema/protocol/known-collections.ts';
import type { StockDelta } from '../../schema/protocol/live.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import { branchEntryJson } from '../core/branch-entry.ts';
import type { StoredChange } from '../store/store.ts';

/** One message for everybody in a scope, as text. */
export interface ChangesMessage {
  readonly text: string;
  /** For devices of an older version, without what that does not have; made once per version. */
  textFor(protocol: number): string;
  /** The same as bytes, made once for all sockets that send them as they are. */
  bytesFor(protocol: number): Buffer;
}

/** A message of texts by version, each encoded once. */
export function encodeOnce(text: string, textFor: (protocol: number) => string): ChangesMessage {
  const encoded = new Map<string, Buffer>();
  const bytesFor = (protocol: number): Buffer => {
    const wanted = textFor(protocol);
    const bytes = encoded.get(wanted) ?? Buffer.from(wanted);
    encoded.set(wanted, bytes);
    return bytes;
  };
  return { text, textFor, bytesFor };
}

/** Changes behind `from` up to `to`. */
export function changesMessage(
  scope: Scope,
  from: number,
  to: Position,
  changes: readonly StoredChange[],
): ChangesMessage {
  const text = messageText(scope, from, to, changes);
  const older = new Map<number, string>();
  const make = (protocol: number): string => {
    const known = changes.filter(
      (change) => change.kind === 'entry' || knowsDocument(protocol, change.collection, idOf(change.json)),
    );
    return known.length === changes.length ? text : messageText(scope, from, to, known);
  };
  const textFor = (protocol: number): string => {
    if (protocol >= PROTOCOL_VERSION) return text;
    const made = older.get(protocol) ?? make(protocol);
    older.set(protocol, made);
    return made;
  };
  return encodeOnce(text, textFor);
}

function idOf(json: string): string {
  return (JSON.parse(json) as { readonly id: string }).id;
}

function messageText(scope: Scope, from: number, to: Position, changes: readonly StoredChange[]): string {
  const head = JSON.stringify({ type: 'changes', scope, from, to });
  return `${head.slice(0, -1)},"changes":[${changes.map((change) => changeJson(change, from)).join(',')}]}`;
}

/** One change. Stored texts are set in as they are; only stock that moves by one counter is read, to send that alone. */
function changeJson(change: StoredChange, from: number): string {
  if (change.kind === 'entry') return documentJson('branchJournal', change.seq, branchEntryJson(change.entry));
  const delta = deltaOf(change, from);
  if (delta) return JSON.stringify({ collection: 'stock', seq: change.seq, delta });
  return documentJson(change.collection, change.seq, change.json);
}

function documentJson(collection: string, seq: number, json: string): string {
  return `{"collection":"${collection}","seq":${seq},"document":${json}}`;
}

/**
 * One device's new counter, when that is all that changed since `from`: the readers hold the document as it was before, because
 * its last change but one is not behind `from`.
 */
function deltaOf(change: Extract<StoredChange, { kind: 'document' }>, from: number): StockDelta | null {
  const { collection, movedBy, previousSeq } = change;
  if (collection !== 'stock' || movedBy === null || previousSeq === 0 || previousSeq > from) return null;
  const { productId, epoch, n, counters } = JSON.parse(change.json) as Stock;
  const counter = counters[movedBy];
  return counter ? { productId, epoch, n, deviceId: movedBy, counter } : null;
}
