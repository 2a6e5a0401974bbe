import { canonicalJson } from '../../schema/canonical-json.ts';
import type { CsvFile } from '../../schema/csv-records.ts';
import type { Edit } from '../../schema/edit.ts';
import type { ProductId } from '../../schema/ids.ts';
import type { Product, ProductFields } from '../../schema/product.ts';
import type { ProductChange } from '../device/master-data.ts';
import { branchOf, columnOf, isPriceColumn, type PriceColumn, type ProductColumn } from './product-columns.ts';
import { type BadCell, cellText, type Row, type RowRules, type RowWish, readProductRow } from './read-product-row.ts';

/** Rows of one file. */
export const IMPORT_ROWS_MAX = 100_000;

export interface BadRow extends BadCell {
  /** In the file, from 1. */
  readonly line: number;
}

/** What an import will do, before it does anything. */
export interface ImportPlan {
  readonly changes: readonly ProductChange[];
  readonly made: number;
  readonly changed: number;
  readonly same: number;
  readonly bad: readonly BadRow[];
}

export interface PlanRules extends RowRules {
  /** The tax of products whose row names none. */
  readonly taxId: string;
  /** Ids for products that are to be made. */
  readonly newId: () => string;
  /** Branches that a column of prices may be about. */
  readonly branches: readonly string[];
}

export type FileFault = 'empty' | 'no-name' | 'no-branch' | 'too-many' | 'locked' | 'unreadable';

type Columns = readonly (ProductColumn | PriceColumn | undefined)[];

/**
 * What the rows of a table change: good rows are changes, bad ones are named by line. A row means the product with its id, else the
 * one with its barcode, else the only one of its name, which is sold again where it was not; else it makes one. An empty cell changes nothing.
 */
export function planImport(file: CsvFile, products: readonly Product[], rules: PlanRules): ImportPlan | FileFault {
  const [header, ...records] = file.records;
  if (header === undefined) return 'empty';
  if (records.length > IMPORT_ROWS_MAX) return 'too-many';
  const columns = header.cells.map(columnOf);
  if (!columns.includes('name') && !columns.includes('id')) return 'no-name';
  const isStrange = (column: Columns[number]) =>
    column !== undefined && isPriceColumn(column) && !rules.branches.includes(branchOf(column));
  if (columns.some(isStrange)) return 'no-branch';
  const index = indexOf(products);
  const bad: BadRow[] = file.bad.map(({ line }) => ({ line, fault: 'quoting', value: '' }));
  const changes: ProductChange[] = [];
  let made = 0;
  let same = 0;
  for (const { line, cells } of records) {
    const change = planRow(cells, columns, index, rules, line);
    if ('fault' in change) bad.push({ line, ...change });
    else if (Object.keys(change.patch).length === 0) same += 1;
    else changes.push(change);
    if ('make' in change && change.make) made += 1;
  }
  bad.sort((left, right) => left.line - right.line);
  return { changes, made, changed: changes.length - made, same, bad };
}

interface Index {
  readonly byId: ReadonlyMap<string, Product>;
  /** Product by barcode; while the rows go by, also those that earlier rows claim. */
  readonly byBarcode: Map<string, string>;
  /** What carried it while it was sold. */
  readonly offByBarcode: ReadonlyMap<string, string>;
  readonly byName: ReadonlyMap<string, readonly Product[]>;
  /** The line that spoke of a product already. */
  readonly lines: Map<string, number>;
  readonly names: Map<string, string>;
}

function indexOf(products: readonly Product[]): Index {
  const byBarcode = (sold: boolean) =>
    products
      .filter(({ active }) => active === sold)
      .flatMap(({ id, barcodes }) => barcodes.map((code) => [code, id] as const));
  return {
    byId: new Map(products.map((product) => [product.id, product])),
    byBarcode: new Map(byBarcode(true)),
    offByBarcode: new Map(byBarcode(false)),
    byName: Map.groupBy(products, ({ name }) => name),
    lines: new Map(),
    names: new Map(products.map(({ id, name }) => [id, name])),
  };
}

function planRow(
  cells: readonly string[],
  columns: Columns,
  index: Index,
  rules: PlanRules,
  line: number,
): ProductChange | BadCell {
  if (cells.slice(columns.length).some((cell) => cell.trim() !== ''))
    return { fault: 'cells', value: String(cells.length) };
  const row = rowOf(cells, columns);
  const read = readProductRow(row, rules);
  if (!read.ok) return read.error;
  const found = findProduct(row, read.value.fields, index);
  if (found && 'fault' in found) return found;
  const { fields, prices } = broughtBack(row, read.value, found);
  const id = found?.id ?? (rules.newId() as ProductId);
  const earlier = index.lines.get(id);
  if (earlier !== undefined) return { fault: 'twice', value: String(earlier) };
  // What it carries already is nothing that the row takes; what was switched off carries nothing until it is sold again.
  const comesBack = found?.active === false && fields.active === true;
  const own = comesBack ? [] : (found?.barcodes ?? []);
  const more = (fields.barcodes ?? (comesBack ? found.barcodes : [])).filter((code) => !own.includes(code));
  const taken = more.find((code) => (index.byBarcode.get(code) ?? id) !== id);
  if (taken !== undefined) {
    return { fault: 'barcode-taken', value: `${taken} ${index.names.get(index.byBarcode.get(taken) ?? '') ?? ''}` };
  }
  if (!found && (fields.name === undefined || fields.price === undefined)) {
    return { fault: fields.name === undefined ? 'name' : 'no-price', value: fields.name ?? '' };
  }
  index.lines.set(id, line);
  index.names.set(id, fields.name ?? found?.name ?? '');
  for (const code of more) index.byBarcode.set(code, id);
  return found
    ? { id, patch: differing(found, withPrices(found, { fields, prices })) }
    : { id, patch: wholeFields(withPrices(undefined, { fields, prices }), rules), make: true };
}

/** A row that speaks of what is no longer sold, and not by its id, sells it again: another beside it would have no history. */
function broughtBack({ id }: Row, wish: RowWish, found: Product | undefined): RowWish {
  if (id || found === undefined || found.active || wish.fields.active !== undefined) return wish;
  return { ...wish, fields: { ...wish.fields, active: true } };
}

function rowOf(cells: readonly string[], columns: Columns): Row {
  const row: { -readonly [Name in keyof Row]: Row[Name] } = {};
  for (const [place, column] of columns.entries()) {
    // Of two columns for one thing, the first that says something counts.
    if (column !== undefined && !row[column]) row[column] = cellText(cells[place] ?? '');
  }
  return row;
}

function findProduct(
  { id }: Row,
  { barcodes, name }: Partial<ProductFields>,
  index: Index,
): Product | BadCell | undefined {
  if (id) return index.byId.get(id) ?? { fault: 'unknown-id', value: id.slice(0, 40) };
  const carrier = barcodes?.flatMap((code) => index.byBarcode.get(code) ?? [])[0];
  const former = barcodes?.flatMap((code) => index.offByBarcode.get(code) ?? [])[0];
  if (carrier !== undefined || former !== undefined) return index.byId.get(carrier ?? former ?? '');
  const named = name === undefined || barcodes !== undefined ? [] : (index.byName.get(name) ?? []);
  return named.length > 1 ? { fault: 'same-name', value: name ?? '' } : named[0];
}

/** A product's fields with the prices of branches as they will be; those that a row does not name stay. */
function withPrices(product: Product | undefined, { fields, prices }: RowWish): Partial<ProductFields> {
  if (Object.keys(prices).length === 0) return fields;
  const all = Object.entries({ ...product?.branchPrices, ...prices }).filter(([, price]) => price !== null);
  // A product that has none is not given an empty list of them.
  if (all.length === 0 && product?.branchPrices === undefined) return fields;
  return { ...fields, branchPrices: Object.fromEntries(all) as NonNullable<ProductFields['branchPrices']> };
}

function differing(product: Product, fields: Partial<ProductFields>): Edit['patch'] {
  const changed = Object.entries(fields).filter(
    ([field, value]) => canonicalJson(asRead(product[field as keyof Product])) !== canonicalJson(value ?? null),
  );
  return Object.fromEntries(changed) as Edit['patch'];
}

/** A text as it would come out of a cell: two spaces in a name that somebody typed are one there, and no change. */
function asRead(value: Product[keyof Product]): unknown {
  return typeof value === 'string' ? cellText(value) : (value ?? null);
}

function wholeFields(fields: Partial<ProductFields>, { taxId }: PlanRules): Edit['patch'] {
  return { barcodes: [], category: '', unitScale: 1, taxId, active: true, ...fields } as Edit['patch'];
}
