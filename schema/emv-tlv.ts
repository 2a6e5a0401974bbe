import { fail, ok, type Result } from './result.ts';

/** One data object of an EMVCo merchant-presented QR code: a two-digit id and a value of 1 to 99 characters. */
export interface EmvField {
  readonly id: string;
  readonly value: string;
}

/** Characters of one value at most: its length has two digits. */
export const EMV_VALUE_MAX = 99;

/**
 * Takes a text apart into its data objects (EMVCo MPM 1.1, chapter 3). Lengths count characters, as the specification's own
 * example with Chinese names does. Fails where the text does not end with the last object.
 */
export function readEmvFields(text: string): Result<EmvField[], 'not-tlv'> {
  const characters = [...text];
  const fields: EmvField[] = [];
  for (let at = 0; at < characters.length; ) {
    const head = characters.slice(at, at + 4).join('');
    if (!/^\d{4}$/.test(head)) return fail('not-tlv');
    const length = Number(head.slice(2));
    const value = characters.slice(at + 4, at + 4 + length);
    if (length === 0 || value.length !== length) return fail('not-tlv');
    fields.push({ id: head.slice(0, 2), value: value.join('') });
    at += 4 + length;
  }
  return ok(fields);
}

/** Puts data objects together again. Throws RangeError on a value that does not fit its length. */
export function writeEmvFields(fields: readonly EmvField[]): string {
  return fields.map(writeField).join('');
}

function writeField({ id, value }: EmvField): string {
  const { length } = [...value];
  if (!/^\d{2}$/.test(id) || length === 0 || length > EMV_VALUE_MAX)
    throw new RangeError(`A QR field cannot be ${id} with ${length} characters.`);
  return id + String(length).padStart(2, '0') + value;
}
