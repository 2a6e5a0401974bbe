/** One thing that is wrong with a database: in which table, at which document, and what. */
export interface Finding {
  readonly table: string;
  /** The document's id, or what names the row; '' where a whole table or file is meant. */
  readonly id: string;
  /** The field or rule that is broken, in a few words. */
  readonly what: string;
}

/** Findings that are kept; more are only counted. One damaged page can spoil hundreds of rows. */
export const FINDINGS_MAX = 200;

export interface Findings {
  add(table: string, id: string, what: string): void;
  /** The first ones, in the order they were found. */
  list(): readonly Finding[];
  count(): number;
}

export function createFindings(): Findings {
  const kept: Finding[] = [];
  let count = 0;
  return {
    add: (table, id, what) => {
      count += 1;
      if (kept.length < FINDINGS_MAX) kept.push({ table, id, what });
    },
    list: () => kept,
    count: () => count,
  };
}

/** A finding as a person reads it. */
export function findingText({ table, id, what }: Finding): string {
  return `${table}${id === '' ? '' : ` ${id}`}: ${what}`;
}
