import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { deviceEntryShape, type EntryPlace } from '../../schema/entry/entry.ts';
import { type BranchId, splitEntryId } from '../../schema/ids.ts';
import { PUSH_ROWS_MAX, ROW_BYTES_MAX, ROW_NODES_MAX, SALE_BYTES_MAX, SALE_NODES_MAX } from '../../schema/limits.ts';
import { must } from '../../schema/result.ts';
import { ownRunOf, type RunRow } from '../core/own-run.ts';
import { type ReadPush, readBeside } from '../core/read-push.ts';
import { costOf, countContainers } from './body-cost.ts';
import { BYTE, ByteReader, ROOT_NODE, standsAt } from './byte-reader.ts';
import { CanonicalBytes } from './canonical-bytes.ts';
import { objectCheck } from './object-check.ts';

/** A push that is a run. */
export interface RunRead extends ReadPush {
  /** What its bytes cost (`bodyCost`). */
  readonly cost: number;
  /** Where in `rows` something else than the end of a line stands between two of them. */
  readonly joints: readonly number[];
}

/** How a push begins that tills write. */
const BEGIN = Buffer.from('{"entries":[');

/** Kinds of entries that are told by their bytes; a push that holds any other is read another way. */
const KINDS = deviceEntryShape.options.flatMap((shape) => {
  const [kind] = shape.shape.kind.values;
  const isReceipt = kind === 'sale' || kind === 'refund';
  const read = objectCheck(shape._zod.def, 1);
  const bytesMax = isReceipt ? SALE_BYTES_MAX : ROW_BYTES_MAX;
  return read ? [{ ...read, bytesMax, nodesMax: isReceipt ? SALE_NODES_MAX : ROW_NODES_MAX }] : [];
});

/** What all kinds have, by the places that they share. */
const { keys: KEYS } = must(KINDS[0], 'a kind of entry');
if (KINDS.some(({ keys }) => keys.join() !== KEYS.join()))
  throw new Error('Invariant broken: kinds of entries differ.');
const [ID, PREV, HASH, DEVICE, SEQ, BRANCH] = ['id', 'prev', 'hash', 'deviceId', 'seq', 'branch'].map(memberOf) as [
  ...(readonly [Member, Member, Member, Member, Member, Member]),
];

/** One for all: they are large, and one push is read at a time. */
const [reader, canonical] = [new ByteReader(), new CanonicalBytes()];

/**
 * Reads a push from its bytes in one go, without making objects of them, where it is a run as tills write it: what is wrong, what is written in another
 * way and what is rare gives null, and is read by `readPush`, which comes to the same. Its rows are part of the bytes, which stay as they are.
 */
export function readRun(bytes: Uint8Array): RunRead | null {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!standsAt(body, 0, BEGIN) || !isUtf8(body)) return null;
  reader.begin(body, BEGIN.length);
  const found = readRows(body);
  const run = found && ownRunOf(found.rows);
  if (!run) return null;
  const { rows, joints, end } = found;
  const beside = besideOf(body, end + 1, rows.length);
  const cost = costOf(body.length, reader.containers + countContainers(BEGIN) + countContainers(body.subarray(end)));
  if (beside === null || cost === null) return null;
  return { beside, rows: bytes.subarray(BEGIN.length, end), joints, count: rows.length, run, cost };
}

/** The rows, where they are joined, and where their list ends; null where anything is odd. */
function readRows(body: Buffer) {
  const [rows, joints]: [RunRow[], number[]] = [[], []];
  for (;;) {
    const row = readRow(body);
    if (!row || rows.length === PUSH_ROWS_MAX) return null;
    rows.push(row);
    const { at } = reader;
    if (body[at] === BYTE.closeList) return { rows, joints, end: at };
    if (body[at] !== BYTE.comma) return null;
    joints.push(at - BEGIN.length);
    reader.at += 1;
  }
}

function readRow(body: Buffer): RunRow | null {
  const { at, containers } = reader;
  const kind = kindAt(at, containers);
  if (!kind || reader.at - at > kind.bytesMax || reader.nodes > kind.nodesMax) return null;
  const place = { id: textOf(body, ID), prev: textOf(body, PREV), hash: textOf(body, HASH) } as EntryPlace;
  const { deviceId, seq } = splitEntryId(place.id);
  if (textOf(body, DEVICE) !== deviceId || Number(textOf(body, SEQ)) !== seq) return null;
  const holds = hash('sha256', canonical.of(reader, ROOT_NODE, HASH.place), 'hex') === place.hash;
  return holds ? { deviceId, seq, place, row: { branch: textOf(body, BRANCH) as BranchId } } : null;
}

/** Bytes of a row in which its kind is said, as tills write it: nothing long is looked through once for every kind. */
const KIND_WITHIN = 1_024;

/** Reads the row at `at`, behind so many brackets; gives its kind, undefined where it is of none. */
function kindAt(at: number, containers: number) {
  for (const kind of KINDS) {
    reader.beginRow(at, containers);
    if (kind.check(reader)) return kind;
    if (reader.at - at > KIND_WITHIN) return undefined;
  }
  return undefined;
}

/** A member that all kinds have, and how many bytes its key takes. */
interface Member {
  readonly place: number;
  readonly skip: number;
}

function memberOf(key: string): Member {
  return { place: KEYS.indexOf(key), skip: `"${key}":`.length };
}

/** What stands in a member of the row that was read last: a number, or a string of plain characters, as ids and hashes are. */
function textOf(body: Buffer, { place, skip }: Member): string {
  const at = reader.placeAt(ROOT_NODE, place);
  const [start, end] = [(reader.tape[at] as number) + skip, reader.tape[at + 1] as number];
  const isString = body[start] === BYTE.quote;
  return body.toString('latin1', isString ? start + 1 : start, isString ? end - 1 : end);
}

/** What came beside the rows: `at` stands behind their list. Null where it is odd. */
function besideOf(body: Buffer, at: number, count: number): ReadPush['beside'] | null {
  const isMore = body[at] === BYTE.comma && body[at + 1] === BYTE.quote;
  if (!isMore && body[at] !== BYTE.closeObject) return null;
  const rest = parse(`{${body.toString('utf8', isMore ? at + 1 : at)}`);
  // Of two lists of entries the last counts.
  if (rest === undefined || Object.hasOwn(rest, 'entries')) return null;
  return readBeside({ ...rest, entries: new Array(count).fill(null) })?.beside ?? null;
}

function parse(text: string): object | undefined {
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}
