import {
  FAULT_PLACE_MAX,
  ROW_BYTES_MAX,
  ROW_DEPTH_MAX,
  ROW_NODES_MAX,
  SALE_BYTES_MAX,
  SALE_NODES_MAX,
  STRING_BYTES_MAX,
} from './limits.ts';
import { fail, ok, type Result } from './result.ts';

/** Why a row is not let in. The place is a path of keys. */
export interface GateFault {
  readonly code:
    | 'too-deep'
    | 'too-many-nodes'
    | 'too-large'
    | 'long-string'
    | 'bad-number'
    | 'bad-text'
    | 'bad-key'
    | 'not-json';
  readonly place: string;
}

const BAD_KEYS = new Set(['constructor', 'prototype']);
/** `__proto__` and its kind; the browser's storage also writes such a name differently, and the hash would no longer hold. */
const BAD_KEY_START = '__';

interface GateSize {
  readonly bytes: number;
  readonly nodes: number;
}

const ROW: GateSize = { bytes: ROW_BYTES_MAX, nodes: ROW_NODES_MAX };
const SALE: GateSize = { bytes: SALE_BYTES_MAX, nodes: SALE_NODES_MAX };

/**
 * The gate every row passes, at the till before money is taken and at the server before anything else looks at it.
 * Gives the first fault, or null. It walks without recursion, so no depth can exhaust the stack (I12).
 */
export function findGateFault(row: unknown): GateFault | null {
  const passed = passGate(row);
  return passed.ok ? null : passed.error;
}

/** The same, which gives the JSON text of a row that passes: it was made to be measured. */
export function passGate(row: unknown): Result<string, GateFault> {
  const size = isReceipt(row) ? SALE : ROW;
  const fault = plainNodes(row, size.nodes, 1) <= size.nodes ? null : walk(row, size.nodes);
  if (fault) return fail({ code: fault.code, place: fault.place.slice(0, FAULT_PLACE_MAX).toWellFormed() });
  const text = JSON.stringify(row);
  return isLonger(text, size.bytes) ? fail({ code: 'too-large', place: '' }) : ok(text);
}

/**
 * The values in a row in which nothing is wrong; infinitely many in any other, and in one with more than `max`. Most rows pass, and of
 * those no place is asked for. It calls itself for each level, of which it enters so many as may be.
 */
function plainNodes(value: unknown, max: number, depth: number): number {
  if (typeof value !== 'object' || value === null) return leafFault(value, '') === null ? 1 : Number.POSITIVE_INFINITY;
  if (depth > ROW_DEPTH_MAX || keyFault(value, '') !== null) return Number.POSITIVE_INFINITY;
  let nodes = 1;
  for (const child of Array.isArray(value) ? value : Object.values(value)) {
    if (child === undefined && !Array.isArray(value)) continue;
    nodes += plainNodes(child, max - nodes, depth + 1);
    if (nodes > max) return Number.POSITIVE_INFINITY;
  }
  return nodes;
}

function isReceipt(row: unknown): boolean {
  const kind = (row as { kind?: unknown } | null)?.kind;
  // A release holds one.
  return kind === 'sale' || kind === 'refund' || kind === 'release';
}

interface Visit {
  readonly value: unknown;
  readonly place: string;
  readonly depth: number;
}

function walk(root: unknown, nodesMax: number): GateFault | null {
  const waiting: Visit[] = [{ value: root, place: '', depth: 1 }];
  let nodes = 0;
  for (let visit = waiting.pop(); visit; visit = waiting.pop()) {
    nodes += 1;
    if (nodes > nodesMax) return { code: 'too-many-nodes', place: visit.place };
    const fault = faultOf(visit);
    if (fault) return fault;
    pushChildren(visit, waiting);
  }
  return null;
}

function pushChildren({ value, place, depth }: Visit, waiting: Visit[]): void {
  if (typeof value !== 'object' || value === null) return;
  // JSON leaves out a member without a value, but it has no list with holes.
  const children = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, child] of children) {
    if (child !== undefined || Array.isArray(value))
      waiting.push({ value: child, place: place ? `${place}.${key}` : String(key), depth: depth + 1 });
  }
}

function faultOf({ value, place, depth }: Visit): GateFault | null {
  if (typeof value !== 'object' || value === null) return leafFault(value, place);
  if (depth > ROW_DEPTH_MAX) return { code: 'too-deep', place };
  return keyFault(value, place);
}

function leafFault(value: unknown, place: string): GateFault | null {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? null : { code: 'bad-number', place };
  return typeof value === 'string' ? textFault(value, place) : { code: 'not-json', place };
}

function textFault(value: string, place: string): GateFault | null {
  if (!value.isWellFormed()) return { code: 'bad-text', place };
  return isLonger(value, STRING_BYTES_MAX) ? { code: 'long-string', place } : null;
}

function keyFault(value: object, place: string): GateFault | null {
  if (Array.isArray(value)) return null;
  const bad = Object.keys(value).find(isBadKey);
  return bad === undefined ? null : { code: 'bad-key', place: place ? `${place}.${bad}` : bad };
}

function isBadKey(key: string): boolean {
  return BAD_KEYS.has(key) || key.startsWith(BAD_KEY_START) || !key.isWellFormed();
}

/** True when a text has more bytes in UTF-8, of which a code unit has one to three: most texts need no counting. */
function isLonger(text: string, bytesMax: number): boolean {
  return text.length * 3 > bytesMax && utf8Length(text) > bytesMax;
}

/** Bytes of a text in UTF-8, without making them. */
export function utf8Length(text: string): number {
  let bytes = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) bytes += 1;
    else if (unit < 0x800 || (unit >= 0xd800 && unit <= 0xdfff)) bytes += 2;
    else bytes += 3;
  }
  return bytes;
}
