import { expect, test } from 'vitest';
import type { z } from 'zod';
import { COLLECTION_SCHEMAS } from './collections.ts';
import { companyDocShape } from './company.ts';
import { makeBranchEntries, makeStock, PRODUCTS } from './fixtures/make-documents.ts';
import { type BRANCH, makeDeviceEntries, OFFICE_DEVICE } from './fixtures/make-entries.ts';
import { entryId, type ProductId, SEQ_MAX } from './ids.ts';
import { productShape } from './product.ts';
import { branchEntryShape } from './protocol/pull.ts';
import { COLLECTIONS } from './roles.ts';
import { stockId, stockShape } from './stock/counter.ts';

const NAMES = Object.keys(COLLECTION_SCHEMAS);

test('[HOUSE10] there is a schema for every collection, and at most ten of them', () => {
  expect([...NAMES].sort()).toEqual([...COLLECTIONS].sort());
  expect(NAMES.length).toBeLessThanOrEqual(10);
});

/** Names that RxDB's documents have themselves: a field of that name cannot be read, or breaks the document. */
const TAKEN = [
  'collection',
  'primary',
  'primaryPath',
  'revision',
  'deleted',
  'isInstanceOfRxDocument',
  'get',
  'get$',
  'toJSON',
  'toMutableJSON',
  'update',
  'patch',
  'modify',
  'incrementalUpdate',
  'incrementalPatch',
  'incrementalModify',
  'incrementalRemove',
  'remove',
  'close',
  'closed',
  'allAttachments',
  'putAttachment',
  'getAttachment',
  'populate',
  'getLatest',
];

test.each(Object.entries(COLLECTION_SCHEMAS))(
  "[PRO1] %s has no field that RxDB's documents keep for themselves",
  (_name, schema) => {
    const fields = Object.keys(schema.properties);
    expect(fields.filter((field) => TAKEN.includes(field) || !/^[A-Za-z]\w*$/.test(field))).toEqual([]);
  },
);

test.each(Object.entries(COLLECTION_SCHEMAS))('[PRO1] %s bounds its key and requires it', (_name, schema) => {
  expect(schema.properties[schema.primaryKey]).toMatchObject({ type: 'string', maxLength: expect.any(Number) });
  expect(schema.required).toContain(schema.primaryKey);
});

test('[PRO1] keys of the greatest length fit', () => {
  expect(entryId(OFFICE_DEVICE, SEQ_MAX).length).toBe(COLLECTION_SCHEMAS.journal.properties.id?.maxLength);
  const longest = stockId('b'.repeat(32) as typeof BRANCH, 'p'.repeat(32) as ProductId);
  expect(longest.length).toBeLessThanOrEqual(COLLECTION_SCHEMAS.stock.properties.id?.maxLength ?? 0);
  const companyId = `${'x'.repeat(19)}:${'y'.repeat(40)}`;
  expect(companyId.length).toBeLessThanOrEqual(COLLECTION_SCHEMAS.company.properties.id?.maxLength ?? 0);
});

test.each([
  ['journal', makeDeviceEntries()],
  ['branchJournal', makeBranchEntries()],
  ['stock', makeStock().folded],
  ['products', PRODUCTS],
] as const)('[PRO1] the fields of %s are those of its documents', (name, documents) => {
  const { properties, required } = COLLECTION_SCHEMAS[name];
  for (const document of documents) {
    const fields = Object.keys(document);
    expect(fields.filter((field) => !(field in properties))).toEqual([]);
    expect(required.filter((field) => !fields.includes(field))).toEqual([]);
  }
});

/** Fields of a shape that every document of it has. */
function requiredFields(shape: z.ZodObject): string[] {
  return Object.entries(shape.shape).flatMap(([name, field]) => (field.safeParse(undefined).success ? [] : [name]));
}

test('[PRO1] what a shape requires, its collection has; what came later is carried without a new schema', () => {
  const shapes = { branchJournal: branchEntryShape, stock: stockShape, products: productShape } as const;
  for (const [name, shape] of Object.entries(shapes)) {
    const { properties } = COLLECTION_SCHEMAS[name as keyof typeof shapes];
    expect(requiredFields(shape).filter((field) => !(field in properties))).toEqual([]);
    expect(Object.keys(properties).filter((field) => !(field in shape.shape))).toEqual([]);
  }
  const companyFields = companyDocShape.options.flatMap((option) => Object.keys(option.shape));
  expect(Object.keys(COLLECTION_SCHEMAS.company.properties).filter((name) => !companyFields.includes(name))).toEqual(
    [],
  );
});
