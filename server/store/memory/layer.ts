import { INSERT_ONLY, type Put, type Rows, type TableName, type Tables } from './tables.ts';

/** How a transaction sees the tables: what it wrote itself over what is there. */
export interface Layer {
  get<Name extends TableName>(table: Name, key: string): Tables[Name] | undefined;
  put<Name extends TableName>(table: Name, key: string, value: Tables[Name]): void;
  /** All keys of a table that are there or were written. */
  keys(table: TableName): readonly string[];
  /** What was written, last state per row. */
  puts(): readonly Put[];
}

/** A layer over `rows`, which it never changes. */
export function createLayer(rows: Rows): Layer {
  const written = new Map<TableName, Map<string, Tables[TableName]>>();
  const get = <Name extends TableName>(table: Name, key: string): Tables[Name] | undefined =>
    (written.get(table)?.get(key) as Tables[Name] | undefined) ?? (rows[table].get(key) as Tables[Name] | undefined);
  return {
    get,
    put: (table, key, value) => {
      if (INSERT_ONLY.has(table) && get(table, key) !== undefined) throw new Error(`${table} only grows`);
      const own = written.get(table);
      if (own) own.set(key, value);
      else written.set(table, new Map([[key, value]]));
    },
    keys: (table) => {
      const own = written.get(table);
      return own ? [...new Set([...rows[table].keys(), ...own.keys()])] : [...rows[table].keys()];
    },
    puts: () => [...written].flatMap(([table, own]) => [...own].map(([key, value]) => ({ table, key, value }))),
  };
}
