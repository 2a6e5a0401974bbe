import { fillWithDefaultSettings, type RxJsonSchema, type RxStorage, type RxStorageInstance } from 'rxdb';
import type { StoredDoc } from './log-record.ts';

/** A small collection for tests of storages, without a database around it. */
export interface Item {
  readonly id: string;
  readonly age: number;
  readonly name: string;
}
export type StoredItem = StoredDoc & Item;
export type ItemStorage = RxStorageInstance<Item, unknown, unknown>;

export const ITEM_SCHEMA = fillWithDefaultSettings({
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 20 },
    age: { type: 'integer', minimum: 0, maximum: 100, multipleOf: 1 },
    name: { type: 'string', maxLength: 20 },
  },
  required: ['id', 'age', 'name'],
  indexes: ['age', ['name', 'age']],
} as unknown as RxJsonSchema<Item>);

export function openItems(storage: RxStorage<unknown, unknown>, databaseName: string, collectionName = 'items') {
  return storage.createStorageInstance<Item>({
    databaseInstanceToken: databaseName,
    databaseName,
    collectionName,
    schema: ITEM_SCHEMA as never,
    options: {},
    multiInstance: false,
    devMode: false,
  });
}

/** A document at its `height`th revision, written at `lwt`. */
export function item(
  id: string,
  age: number,
  { height = 1, lwt = 1, token = 'x', deleted = false, name = `n${age}` } = {},
): StoredItem {
  return { id, age, name, _rev: `${height}-${token}`, _meta: { lwt }, _deleted: deleted, _attachments: {} } as never;
}

/** The live documents by key and age, in the order of their keys. */
export async function itemsIn(items: ItemStorage, ids: readonly string[]): Promise<Record<string, number>> {
  const found = await items.findDocumentsById([...ids], false);
  return Object.fromEntries(
    found.map(({ id, age }) => [id, age] as const).sort(([left], [right]) => (left < right ? -1 : 1)),
  );
}
