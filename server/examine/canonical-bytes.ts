import { SALE_BYTES_MAX } from '../../schema/limits.ts';
import { BYTE, type ByteReader } from './byte-reader.ts';

/** Writes what was read as canonical JSON (`canonicalJson`): the same bytes in another order. Each text is good until the next one is written. */
export class CanonicalBytes {
  readonly #out = Buffer.allocUnsafe(SALE_BYTES_MAX);
  #length = 0;

  /** An object of at most {@link SALE_BYTES_MAX} that was read, without the member in the place `left`. */
  of(reader: ByteReader, node: number, left: number): Buffer {
    this.#length = 0;
    this.#object(reader, node, left);
    return this.#out.subarray(0, this.#length);
  }

  #node(reader: ByteReader, node: number): void {
    const isList = reader.bytes[reader.tape[node + 1] as number] === BYTE.openList;
    if (isList) this.#list(reader, node);
    else this.#object(reader, node, -1);
  }

  /** The places of an object are in the order of its keys. */
  #object(reader: ByteReader, node: number, left: number): void {
    const { tape, bytes } = reader;
    const places = tape[node] as number;
    let before: number = BYTE.openObject;
    for (let place = 0; place < places; place += 1) {
      const at = reader.placeAt(node, place);
      const [start, end, child] = [tape[at] as number, tape[at + 1] as number, tape[at + 2] as number];
      if (start === 0 || place === left) continue;
      this.#put(before);
      before = BYTE.comma;
      if (child === 0) this.#copy(bytes, start, end);
      else {
        this.#copy(bytes, start, tape[child + 1] as number);
        this.#node(reader, child);
      }
    }
    if (before === BYTE.openObject) this.#put(before);
    this.#put(BYTE.closeObject);
  }

  /** A list as it came, but for those in it whose order is another. */
  #list(reader: ByteReader, node: number): void {
    const { tape, bytes } = reader;
    let at = tape[node + 1] as number;
    for (let child = tape[reader.placeAt(node, 0)] as number; child !== 0; child = tape[child + 3] as number) {
      this.#copy(bytes, at, tape[child + 1] as number);
      this.#node(reader, child);
      at = tape[child + 2] as number;
    }
    this.#copy(bytes, at, tape[node + 2] as number);
  }

  #put(byte: number): void {
    this.#out[this.#length] = byte;
    this.#length += 1;
  }

  /** By hand: most are a few bytes, and to be called for them takes longer. */
  #copy(bytes: Buffer, start: number, end: number): void {
    const out = this.#out;
    let length = this.#length;
    for (let at = start; at < end; at += 1) {
      out[length] = bytes[at] as number;
      length += 1;
    }
    this.#length = length;
  }
}
