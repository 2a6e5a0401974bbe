import { pagesOf } from '../pages-of.ts';
import type { WhenAsked } from '../when-asked.ts';
import type { StoredDoc } from './log-record.ts';
import type { IndexedPage } from './page-index.ts';

/** A document as it was written, without what RxDB keeps beside its fields. */
export type OwnDoc = Readonly<Record<string, unknown>>;
/** What RxDB keeps beside a document's fields. */
export type RxFields = Pick<StoredDoc, '_rev' | '_meta' | '_deleted' | '_attachments'>;

/** One that nobody of RxDB's has asked for yet. */
class Bare {
  readonly own: OwnDoc;
  readonly fields: RxFields;
  constructor(own: OwnDoc, fields: RxFields) {
    this.own = own;
    this.fields = fields;
  }
}

const NONE = { lwt: 0, id: '' };

/** Documents that were written together, none of them twice, and what RxDB keeps beside each. They may be read out when they are asked for. */
export interface BarePage {
  readonly key: string;
  readonly docs: WhenAsked<readonly OwnDoc[]>;
  readonly fields: RxFields;
  /** There where one of them can be read by itself. */
  readonly indexed?: IndexedPage;
}

/** Pages that need not be read out, no document twice among them, and what was written behind them: the last of each is as it is. */
export interface Layers<Doc = OwnDoc> {
  readonly pages: readonly IndexedPage[];
  readonly later: readonly Doc[];
}

/** Documents that were written later, as a part of all, and beside that: with more of them reading all out is quicker. */
const [LATER_PART_MAX, LATER_MAX] = [1 / 8, 20];

/**
 * A collection's documents by key. Those that share what RxDB keeps beside their fields, as a page of a first pull does, get it when
 * RxDB asks for them, and are placed by their keys when somebody asks for one: a start hands all of them on without either.
 */
export class StoredDocs extends Map<string, StoredDoc> {
  #newest = NONE;
  /** What came before all else, and was not asked for by key yet. */
  #unplaced: BarePage[] = [];

  /** No document was written later; the one that was may be gone. */
  get newest(): { readonly lwt: number; readonly id: string } {
    if (!this.#unplaced.every(({ indexed }) => indexed)) this.#place();
    return this.#newest;
  }

  override get size(): number {
    this.#place();
    return super.size;
  }

  setBare(id: string, own: OwnDoc, fields: RxFields): void {
    this.#place();
    this.#setBare(id, own, fields);
  }

  /** The same for a whole page of the log. */
  setPage(page: BarePage): void {
    if (super.size === 0) {
      this.#unplaced.push(page);
      if (page.indexed) this.#see(page.indexed.said.last, page.fields._meta.lwt);
      return;
    }
    this.#place();
    this.#setEach(page);
  }

  override set(id: string, doc: StoredDoc): this {
    // What is removed must be found among what came before.
    if (doc._deleted) this.#place();
    this.#see(id, doc._meta.lwt);
    return super.set(id, doc);
  }

  override get(id: string): StoredDoc | undefined {
    this.#place();
    const held: unknown = super.get(id);
    return held instanceof Bare ? this.#complete(id, held) : (held as StoredDoc | undefined);
  }

  override has(id: string): boolean {
    this.#place();
    return super.has(id);
  }

  override delete(id: string): boolean {
    this.#place();
    return super.delete(id);
  }

  override clear(): void {
    this.#unplaced = [];
    super.clear();
  }

  override *keys(): MapIterator<string> {
    this.#place();
    yield* super.keys();
  }

  override *entries(): MapIterator<[string, StoredDoc]> {
    for (const id of this.keys()) yield [id, this.get(id) as StoredDoc];
  }

  override [Symbol.iterator](): MapIterator<[string, StoredDoc]> {
    return this.entries();
  }

  override *values(): MapIterator<StoredDoc> {
    for (const [, doc] of this.entries()) yield doc;
  }

  override forEach(act: (doc: StoredDoc, id: string, all: Map<string, StoredDoc>) => void): void {
    for (const [id, doc] of this.entries()) act(doc, id, this);
  }

  /** The documents that are not deleted now, without RxDB's fields. */
  *own(): Iterable<OwnDoc> {
    this.#place();
    yield* this.#placed();
  }

  /** The same a page at a time, as they were written: one that was written again may come twice, the last as it is now. */
  *pages(size: number): Iterable<readonly OwnDoc[]> {
    for (const { docs } of [...this.#unplaced]) yield docs();
    yield* pagesOf(() => this.#placed(), size);
  }

  /** All documents, none of them read out; null where that is not how they lie, or they would be had sooner otherwise. */
  layers(): Layers | null {
    const isIndexed = ({ indexed }: BarePage) => indexed !== undefined;
    const count = this.#unplaced.findIndex((page) => !isIndexed(page));
    const behind = count < 0 ? [] : this.#unplaced.slice(count);
    const pages = this.#unplaced.flatMap(({ indexed }) => indexed ?? []);
    if (pages.length === 0 || behind.some(isIndexed)) return null;
    const later = [...behind.flatMap(({ docs }) => docs()), ...this.#placed()];
    const held = pages.reduce((sum, { said }) => sum + said.count, 0);
    return later.length <= held * LATER_PART_MAX + LATER_MAX ? { pages, later } : null;
  }

  *#placed(): Iterable<OwnDoc> {
    for (const held of [...super.values()] as (StoredDoc | Bare)[]) {
      if (held instanceof Bare) yield held.own;
      else if (!held._deleted) yield ownFields(held);
    }
  }

  /** What was written since stays in the place of what it was written over. */
  #place(): void {
    if (this.#unplaced.length === 0) return;
    const [pages, later] = [this.#unplaced, [...super.entries()]];
    this.#unplaced = [];
    super.clear();
    for (const page of pages) this.#setEach(page);
    for (const [id, doc] of later) super.set(id, doc);
  }

  #setEach({ key, docs, fields }: BarePage): void {
    for (const doc of docs()) this.#setBare(String(doc[key]), doc, fields);
  }

  #setBare(id: string, own: OwnDoc, fields: RxFields): void {
    this.#see(id, fields._meta.lwt);
    super.set(id, new Bare(own, fields) as never);
  }

  #complete(id: string, { own, fields }: Bare): StoredDoc {
    const doc = { ...own, ...fields } as StoredDoc;
    super.set(id, doc);
    return doc;
  }

  #see(id: string, lwt: number): void {
    const { lwt: newest, id: last } = this.#newest;
    if (lwt > newest || (lwt === newest && id > last)) this.#newest = { lwt, id };
  }
}

/**
 * A document without what RxDB keeps beside it. Exactly the fields that were written, unknown ones included, so that
 * an entry's hash still holds.
 */
export function ownFields<Doc>({ _rev, _meta, _deleted, _attachments, ...own }: RxFields & Doc): Doc {
  return own as unknown as Doc;
}

/** What RxDB keeps beside a document's fields. */
export function rxFields({ _rev, _meta, _deleted, _attachments }: RxFields): RxFields {
  return { _rev, _meta, _deleted, _attachments };
}

/** True for a document that came with a field of a name that RxDB uses. */
export function hasRxFields(doc: OwnDoc): boolean {
  return '_rev' in doc || '_meta' in doc || '_deleted' in doc || '_attachments' in doc;
}
