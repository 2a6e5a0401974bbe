import { STRING_BYTES_MAX } from '../../schema/limits.ts';

/** Digits of an integer that is surely exact. */
const DIGITS_MAX = 15;

/** Numbers that the tape holds: those of a sale of a thousand lines. */
const TAPE_LENGTH = 2 ** 17;

/** What stands on the tape of a list or object before its places: how many, where it begins and ends, and which one follows it in its list. */
const NODE_LENGTH = 4;

/** What stands there of each place: where it begins and ends, and the list or object in it whose order is another; 0 for none. */
const PLACE_LENGTH = 3;

/** Where the row itself stands on the tape. */
export const ROOT_NODE = 1;

const codeOf = (character: string): number => character.charCodeAt(0);

/** Characters that JSON is made of. */
export const BYTE = {
  quote: codeOf('"'),
  comma: codeOf(','),
  openList: codeOf('['),
  closeList: codeOf(']'),
  openObject: codeOf('{'),
  closeObject: codeOf('}'),
} as const;

const [ZERO, MINUS, BACKSLASH] = [codeOf('0'), codeOf('-'), codeOf('\\')];

/** What JSON.stringify writes behind a backslash; what it writes in numbers is rare. */
const ESCAPED = new Set(['"', '\\', 'b', 'f', 'n', 'r', 't'].map(codeOf));

const [PLAIN, QUOTE, BRACKET, ESCAPE, BEHIND, LEAD, LONG_LEAD, NEVER] = [0, 1, 2, 3, 4, 5, 6, 7];

/** What each byte is inside a string in UTF-8. */
const KINDS = Uint8Array.from({ length: 256 }, (_, byte) => {
  if (byte < 0x20) return NEVER;
  if (byte === BYTE.quote) return QUOTE;
  if (byte === BACKSLASH) return ESCAPE;
  if (byte === BYTE.openList || byte === BYTE.openObject) return BRACKET;
  if (byte < 0x80) return PLAIN;
  if (byte < 0xc0) return BEHIND;
  return byte < 0xf0 ? LEAD : LONG_LEAD;
});

/** True where `part` stands at a place of `bytes`. */
export function standsAt(bytes: Uint8Array, at: number, part: Uint8Array): boolean {
  for (let index = 0; index < part.length; index += 1) if (bytes[at + index] !== part[index]) return false;
  return true;
}

/**
 * Reads JSON in UTF-8 from its bytes, as JSON.stringify writes it and not otherwise: each method says false where it finds anything else, and
 * then nothing of the reader is to be believed. What it read last stands in its fields.
 */
export class ByteReader {
  bytes: Buffer = Buffer.alloc(0);
  at = 0;
  /** Values so far. */
  nodes = 0;
  /** Brackets that open, those in strings too (`countContainers`). */
  containers = 0;
  /** Of the last string its characters, of the last list its values. */
  length = 0;
  /** The last number. */
  number = 0;
  /** Lists and objects that were read, as {@link NODE_LENGTH} and {@link PLACE_LENGTH} say; nothing stands at 0. */
  readonly tape = new Int32Array(TAPE_LENGTH);
  top: number = ROOT_NODE;
  /** The list or object that was read last, where its canonical text has another order than its bytes; else 0. */
  node = 0;
  #start = 0;
  #isPlain = true;

  /** Begins with the bytes of a push, the first row of which stands at `at`. */
  begin(bytes: Buffer, at: number): void {
    this.bytes = bytes;
    this.beginRow(at, 0);
  }

  /** Begins a row, behind so many brackets. */
  beginRow(at: number, containers: number): void {
    this.at = at;
    this.containers = containers;
    this.nodes = 0;
    this.top = ROOT_NODE;
  }

  /** Reads a string. */
  string(): boolean {
    const { bytes } = this;
    if (bytes[this.at] !== BYTE.quote) return false;
    let at = this.at + 1;
    this.#start = at;
    this.#isPlain = true;
    this.length = 0;
    for (;;) {
      const kind = KINDS[bytes[at] as number];
      if (kind === PLAIN) at += 1;
      else if (kind === QUOTE) break;
      else if (this.#passOdd(kind, at)) at += kind === ESCAPE ? 2 : 1;
      else return false;
    }
    this.at = at + 1;
    this.nodes += 1;
    // What is no character of its own was counted against it.
    this.length += at - this.#start;
    return at - this.#start <= STRING_BYTES_MAX;
  }

  #passOdd(kind: number | undefined, at: number): boolean {
    if (kind === BRACKET) this.containers += 1;
    else this.#isPlain = false;
    if (kind === ESCAPE || kind === BEHIND) this.length -= 1;
    // Two units of UTF-16, as JavaScript counts.
    else if (kind === LONG_LEAD) this.length += 1;
    return kind === ESCAPE ? ESCAPED.has(this.bytes[at + 1] as number) : kind !== NEVER && kind !== undefined;
  }

  /** The last string. */
  text(): string {
    const [start, end] = [this.#start, this.at - 1];
    if (this.#isPlain) return this.bytes.toString('latin1', start, end);
    return JSON.parse(this.bytes.toString('utf8', start - 1, end + 1)) as string;
  }

  /** Reads an integer. */
  integer(): boolean {
    const { bytes } = this;
    const isNegative = bytes[this.at] === MINUS;
    const first = isNegative ? this.at + 1 : this.at;
    let [at, value] = [first, 0];
    for (let digit = this.#digitAt(at); digit >= 0 && digit <= 9; digit = this.#digitAt(at)) {
      value = value * 10 + digit;
      at += 1;
    }
    const digits = at - first;
    if (digits === 0 || digits > DIGITS_MAX) return false;
    if (bytes[first] === ZERO && (digits > 1 || isNegative)) return false;
    this.at = at;
    this.nodes += 1;
    this.number = isNegative ? -value : value;
    return true;
  }

  #digitAt(at: number): number {
    return (this.bytes[at] as number) - ZERO;
  }

  /** Reads one of these texts, which are JSON and need no looking at. */
  oneOf(texts: readonly Uint8Array[]): boolean {
    for (let index = 0; index < texts.length; index += 1) {
      const text = texts[index] as Uint8Array;
      if (!standsAt(this.bytes, this.at, text)) continue;
      this.at += text.length;
      this.nodes += 1;
      return true;
    }
    return false;
  }

  /** Begins a list or object with so many places; gives where it stands on the tape, or 0 where there is none, or no room. */
  open(bracket: number, places: number): number {
    const node = this.top;
    const end = node + NODE_LENGTH + PLACE_LENGTH * places;
    if (this.bytes[this.at] !== bracket || end > TAPE_LENGTH) return 0;
    for (let at = node; at < end; at += 1) this.tape[at] = 0;
    this.tape[node] = places;
    this.tape[node + 1] = this.at;
    this.top = end;
    this.at += 1;
    this.nodes += 1;
    this.containers += 1;
    return node;
  }

  /** Ends it behind its last byte. One in its order leaves the tape. */
  close(node: number, isInOrder: boolean): boolean {
    this.tape[node + 2] = this.at;
    this.node = isInOrder ? 0 : node;
    if (isInOrder) this.top = node;
    return true;
  }

  /** Where a place of a list or object stands on the tape. */
  placeAt(node: number, place: number): number {
    return node + NODE_LENGTH + PLACE_LENGTH * place;
  }

  /** Notes what was read last as what stands in a place from `start` on. */
  put(place: number, start: number): void {
    this.tape[place] = start;
    this.tape[place + 1] = this.at;
    this.tape[place + 2] = this.node;
  }
}
