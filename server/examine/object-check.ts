import type { z } from 'zod';
import { type ByteCheck, byteCheck, PLAIN_TEXT } from './byte-check.ts';
import { BYTE, type ByteReader, standsAt } from './byte-reader.ts';

/** A member of an object that is known. */
interface Member {
  /** Its key with what stands around it, as in `"id":`. */
  readonly name: Uint8Array;
  readonly check: ByteCheck;
  readonly isOptional: boolean;
}

export interface ObjectCheck {
  readonly check: ByteCheck;
  /** The keys in their canonical order: the places in which the members stand on the tape. */
  readonly keys: readonly string[];
}

/**
 * The check of an object with known keys, each at most once, whatever their order; of one with another key only the shape itself knows more. Null where
 * one of its members has none.
 */
export function objectCheck(def: z.core.$ZodObjectDef, depth: number): ObjectCheck | null {
  if (def.catchall !== undefined) return null;
  const keys = Object.keys(def.shape).toSorted();
  const members: Member[] = [];
  for (const key of keys) {
    const shape = def.shape[key] as z.core.$ZodType;
    const check = PLAIN_TEXT.test(key) ? byteCheck(shape, depth + 1) : null;
    if (!check) return null;
    members.push({ name: Buffer.from(`"${key}":`), check, isOptional: shape._zod.def.type === 'optional' });
  }
  return { check: readerOf(members), keys };
}

function readerOf(members: readonly Member[]): ByteCheck {
  const required = members.flatMap(({ isOptional }, place) => (isOptional ? [] : [place]));
  /** Which member came last time behind each, and first of all. */
  const followers = new Int32Array(members.length + 1);
  return (reader) => {
    const node = reader.open(BYTE.openObject, members.length);
    if (node === 0) return false;
    const order = readMembers(reader, node, members, followers);
    if (order === Order.none) return false;
    for (const place of required) if (reader.tape[reader.placeAt(node, place)] === 0) return false;
    return reader.close(node, order === Order.canonical);
  };
}

const Order = { none: 0, other: 1, canonical: 2 } as const;

/** In which order the members stand; none where something is odd. */
function readMembers(reader: ByteReader, node: number, members: readonly Member[], followers: Int32Array): number {
  const { bytes, tape } = reader;
  let [last, order]: [number, number] = [-1, Order.canonical];
  if (bytes[reader.at] === BYTE.closeObject) {
    reader.at += 1;
    return order;
  }
  for (;;) {
    const start = reader.at;
    const place = placeOf(reader, members, followers, last);
    const member = members[place];
    if (!member || tape[reader.placeAt(node, place)] !== 0) return Order.none;
    reader.at += member.name.length;
    reader.node = 0;
    if (!member.check(reader)) return Order.none;
    reader.put(reader.placeAt(node, place), start);
    if (place < last || reader.node !== 0) order = Order.other;
    last = place;
    const byte = bytes[reader.at];
    reader.at += 1;
    if (byte === BYTE.closeObject) return order;
    if (byte !== BYTE.comma) return Order.none;
  }
}

/** The place of the member whose key comes next, or -1. Objects of one writer have one order: the guess is nearly always right. */
function placeOf(reader: ByteReader, members: readonly Member[], followers: Int32Array, last: number): number {
  const { bytes, at } = reader;
  const guess = followers[last + 1] as number;
  if (members[guess] && standsAt(bytes, at, members[guess].name)) return guess;
  const place = members.findIndex(({ name }) => standsAt(bytes, at, name));
  if (place >= 0) followers[last + 1] = place;
  return place;
}
