import type { StoredDoc } from './log-record.ts';

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

/**
 * A collection's documents by key. Those that share what RxDB keeps beside their fields, as a page of a first pull does, get it when
 * RxDB asks for them: a start hands all of them on without.
 */
export class StoredDocs extends Map<string, StoredDoc> {
  /** No document was written later; the one that was may be gone. */
  newest: { readonly lwt: number; readonly id: string } = NONE;

  setBare(id: string, own: OwnDoc, fields: RxFields): void {
    this.#see(id, fields._meta.lwt);
    super.set(id, new Bare(own, fields) as never);
  }

  override set(id: string, doc: StoredDoc): this {
    this.#see(id, doc._meta.lwt);
    return super.set(id, doc);
  }

  override get(id: string): StoredDoc | undefined {
    const held: unknown = super.get(id);
    return held instanceof Bare ? this.#complete(id, held) : (held as StoredDoc | undefined);
  }

  override *entries(): MapIterator<[string, StoredDoc]> {
    for (const id of super.keys()) yield [id, this.get(id) as StoredDoc];
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
    for (const held of [...super.values()] as (StoredDoc | Bare)[]) {
      if (held instanceof Bare) yield held.own;
      else if (!held._deleted) yield ownFields(held);
    }
  }

  #complete(id: string, { own, fields }: Bare): StoredDoc {
    const doc = { ...own, ...fields } as StoredDoc;
    super.set(id, doc);
    return doc;
  }

  #see(id: string, lwt: number): void {
    const { newest } = this;
    if (lwt > newest.lwt || (lwt === newest.lwt && id > newest.id)) this.newest = { lwt, id };
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
