import { SEQ_MAX } from './ids.ts';
import type { CollectionName } from './roles.ts';

interface Property {
  readonly type?: string | readonly string[];
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly multipleOf?: number;
}

/** A JSON schema as RxDB reads it. Plain data: this folder does not know RxDB. */
export interface CollectionSchema {
  readonly version: number;
  readonly primaryKey: string;
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Property>>;
  readonly required: readonly string[];
  readonly indexes?: readonly (string | readonly string[])[];
}

const text = (maxLength: number) => ({ type: 'string', maxLength }) as const;
const whole = { type: 'integer' } as const;
/** A whole number in an index: RxDB must know its bounds. */
const indexed = (maximum: number) => ({ type: 'integer', minimum: 0, maximum, multipleOf: 1 }) as const;
/** The year 2286, in milliseconds since 1970. */
const TIME_MAX = 9_999_999_999_999;
const object = { type: 'object' } as const;
const list = { type: 'array' } as const;
const flag = { type: 'boolean' } as const;
const any = {} as const;

function collection(
  primaryKey: string,
  properties: CollectionSchema['properties'],
  optional: readonly string[] = [],
  indexes: NonNullable<CollectionSchema['indexes']> = [],
): CollectionSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { version: 0, primaryKey, type: 'object', properties, required, indexes };
}

/**
 * The RxDB collections of every device (at most 10; RxDB's open core stops at 13 per realm). Documents are checked by the
 * zod shapes at the door; these say what RxDB must know to store and find them. Fields beyond them are stored as they are, so
 * that an additive change of a document needs no migration of what is on people's disks.
 */
export const COLLECTION_SCHEMAS: Readonly<Record<CollectionName, CollectionSchema>> = {
  journal: collection('id', {
    v: whole,
    id: text(27),
    deviceId: text(16),
    seq: whole,
    branch: text(32),
    prev: text(64),
    hash: text(64),
    at: whole,
    person: text(32),
    kind: text(40),
    body: object,
  }),
  branchJournal: collection(
    'id',
    {
      id: text(27),
      deviceId: text(16),
      seq: indexed(SEQ_MAX),
      branch: text(32),
      kind: text(40),
      at: whole,
      hash: text(64),
      receivedAt: indexed(TIME_MAX),
      verdict: text(20),
      flags: list,
      entry: object,
    },
    ['entry'],
    /** The newest sales first; and a receipt's number is never above its entry's seq. */
    ['receivedAt', ['deviceId', 'seq']],
  ),
  stock: collection('id', {
    id: text(80),
    scope: text(32),
    branch: text(32),
    productId: text(32),
    epoch: whole,
    n: whole,
    base: object,
    counters: object,
  }),
  products: collection('id', {
    id: text(32),
    scope: text(32),
    rev: object,
    name: text(200),
    price: whole,
    barcodes: list,
    category: text(60),
    unitScale: whole,
    taxId: text(16),
    active: flag,
  }),
  company: collection(
    'id',
    { id: text(60), scope: text(32), rev: object, kind: text(20), ...companyFields() },
    Object.keys(companyFields()),
  ),
  edits: collection('editId', {
    editId: text(40),
    /** Order on this device: edits travel and apply in it. */
    order: whole,
    /** The whole edit, inside one field: RxDB keeps top-level names such as `collection` and `patch` for itself. */
    edit: object,
    /** The server's verdict, or null while it waits. */
    verdict: any,
  }),
  drafts: collection(
    'id',
    {
      id: text(40),
      scope: text(32),
      rev: object,
      kind: text(20),
      heads: list,
      changes: list,
      at: whole,
      ending: object,
    },
    ['ending'],
  ),
  draftChanges: collection(
    'id',
    {
      id: text(40),
      /** Order on this device: changes travel in it. */
      order: whole,
      draftId: text(40),
      kind: text(20),
      baseHeads: list,
      heads: list,
      bytes: { type: 'string' },
      whole: flag,
      handsBack: flag,
      discards: flag,
      at: whole,
      /** The server's verdict, or null while it waits. */
      verdict: any,
    },
    ['whole', 'handsBack', 'discards'],
  ),
  findings: collection('id', {
    id: text(60),
    kind: text(30),
    at: whole,
    about: text(80),
    detail: object,
    settled: flag,
  }),
};

function companyFields() {
  return {
    name: text(80),
    currency: object,
    rounding: text(20),
    silentAfterMs: whole,
    branch: text(32),
    person: text(32),
    role: text(20),
    active: flag,
    tax: object,
    device: text(16),
    till: text(8),
    generation: whole,
    enrolledAt: whole,
    heardAt: any,
  };
}
