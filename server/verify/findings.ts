/** One thing that is wrong with a database: in which table, at which document, and what. */
export interface Finding {
  readonly table: string;
  /** The document's id, or what names the row; '' where a whole table or file is meant. */
  readonly id: string;
  /** The field or rule that is broken, in a few words. */
  readonly what: string;
  /**
   * True where what is stored is what was written, and still looks wrong: a device says odd things, or ledger and keys are not this
   * database's. A person should look; nothing is damaged, and no till need stop for it.
   */
  readonly odd?: true;
}

/** Findings that are kept; more are only counted. One damaged page can spoil hundreds of rows. */
export const FINDINGS_MAX = 200;

export interface Findings {
  add(table: string, id: string, what: string, more?: Pick<Finding, 'odd'>): void;
  /** The first ones, in the order they were found: damage, and behind it what is only odd, so that none of that hides any damage. */
  list(): readonly Finding[];
  count(): number;
}

export function createFindings(): Findings {
  const [damage, oddities]: [Finding[], Finding[]] = [[], []];
  let count = 0;
  return {
    add: (table, id, what, more = {}) => {
      count += 1;
      const kept = more.odd ? oddities : damage;
      if (kept.length < FINDINGS_MAX) kept.push({ table, id, what, ...more });
    },
    list: () => [...damage, ...oddities].slice(0, FINDINGS_MAX),
    count: () => count,
  };
}

/** A finding as a person reads it. */
export function findingText({ table, id, what }: Finding): string {
  return `${table}${id === '' ? '' : ` ${id}`}: ${what}`;
}
