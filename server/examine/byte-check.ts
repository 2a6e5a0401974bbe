import type { z } from 'zod';
import { ROW_DEPTH_MAX } from '../../schema/limits.ts';
import { moreChecks, type SureCheck } from '../../schema/sure-check.ts';
import { BYTE, type ByteReader } from './byte-reader.ts';
import { objectCheck } from './object-check.ts';

/** Reads a value that a shape accepts; false where the bytes are another, or hold what only the shape itself can judge. */
export type ByteCheck = (reader: ByteReader) => boolean;

type Def = z.core.$ZodTypes['_zod']['def'];

/**
 * A shape's check of bytes, made once from the shape itself, so that there is no second description of it: what it accepts `sureCheck` accepts and the
 * gate lets in. Null where the shape is of a kind that this does not know, or nested too deep.
 */
export function byteCheck(shape: z.core.$ZodType, depth = 1): ByteCheck | null {
  const { def } = (shape as z.core.$ZodTypes)._zod;
  const more = moreChecks(def.checks as Parameters<typeof moreChecks>[0]);
  return more && kindCheck(def, more, depth);
}

function kindCheck(def: Def, more: readonly SureCheck[], depth: number): ByteCheck | null {
  switch (def.type) {
    case 'string':
      return 'check' in def ? null : stringCheck(more, hasPattern(def.checks));
    case 'number':
      return 'format' in def && def.format === 'safeint' ? integerCheck(more) : null;
    case 'boolean':
      return oneOf([true, false]);
    case 'literal':
      return oneOf(def.values);
    case 'enum':
      return oneOf(Object.values(def.entries));
    case 'optional':
      return more.length > 0 ? null : byteCheck(def.innerType, depth);
    case 'array':
      return depth > ROW_DEPTH_MAX ? null : listCheck(byteCheck(def.element, depth + 1), more);
    case 'object':
      return depth > ROW_DEPTH_MAX || more.length > 0 ? null : (objectCheck(def, depth)?.check ?? null);
    case 'union':
      return 'discriminator' in def && more.length === 0 ? unionCheck(def.options, depth) : null;
    default:
      return null;
  }
}

function hasPattern(checks: Def['checks'] = []): boolean {
  return checks.some((check) => check._zod.def.check === 'string_format');
}

/** Where only its length is asked, the reader stands for the string: it has that length. */
function stringCheck(more: readonly SureCheck[], asText: boolean): ByteCheck {
  const [first] = more;
  if (!first) return (reader) => reader.string();
  if (more.length === 1 && asText) return (reader) => reader.string() && first(reader.text());
  if (more.length === 1) return (reader) => reader.string() && first(reader);
  return (reader) => reader.string() && holds(more, asText ? reader.text() : reader);
}

function integerCheck(more: readonly SureCheck[]): ByteCheck {
  const [first] = more;
  if (!first) return (reader) => reader.integer();
  if (more.length === 1) return (reader) => reader.integer() && first(reader.number);
  return (reader) => reader.integer() && holds(more, reader.number);
}

function holds(checks: readonly SureCheck[], value: unknown): boolean {
  for (const check of checks) if (!check(value)) return false;
  return true;
}

/** Texts that stand in bytes as they are. */
export const PLAIN_TEXT = /^[0-9A-Za-z_-]+$/;

function oneOf(values: readonly unknown[]): ByteCheck | null {
  const isKnown = (value: unknown) =>
    typeof value === 'boolean' || (typeof value === 'string' && PLAIN_TEXT.test(value));
  if (!values.every(isKnown)) return null;
  const texts = values.map((value) => Buffer.from(JSON.stringify(value)));
  return (reader) => reader.oneOf(texts);
}

function listCheck(check: ByteCheck | null, more: readonly SureCheck[]): ByteCheck | null {
  if (!check) return null;
  return (reader) => {
    const node = reader.open(BYTE.openList, 1);
    if (node === 0) return false;
    const length = readList(reader, reader.placeAt(node, 0), check);
    if (length < 0) return false;
    reader.length = length;
    return reader.close(node, reader.tape[reader.placeAt(node, 0)] === 0) && holds(more, reader);
  };
}

/** How many values a list holds, or -1. Those whose order is another follow each other on the tape from `link` on. */
function readList(reader: ByteReader, link: number, check: ByteCheck): number {
  const { bytes, tape } = reader;
  if (bytes[reader.at] === BYTE.closeList) {
    reader.at += 1;
    return 0;
  }
  let last = link;
  for (let length = 1; ; length += 1) {
    reader.node = 0;
    if (!check(reader)) return -1;
    if (reader.node !== 0) {
      tape[last] = reader.node;
      last = reader.node + 3;
    }
    const byte = bytes[reader.at];
    reader.at += 1;
    if (byte === BYTE.closeList) return length;
    if (byte !== BYTE.comma) return -1;
  }
}

/** Of objects that say by one literal which of them they are, no two can be meant: each is tried. Those that have no check are left to the shape. */
function unionCheck(options: readonly z.core.$ZodType[], depth: number): ByteCheck {
  const checks = options.map((option) => byteCheck(option, depth)).filter((check) => check !== null);
  return (reader) => firstThat(checks, reader) !== undefined;
}

/** The first check that says yes. What stood last on the tape is known to its caller alone. */
export function firstThat(checks: readonly ByteCheck[], reader: ByteReader): ByteCheck | undefined {
  const { at, nodes, containers, top } = reader;
  return checks.find((check) => {
    if (check(reader)) return true;
    Object.assign(reader, { at, nodes, containers, top });
    return false;
  });
}
