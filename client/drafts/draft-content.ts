import type { Hash } from '../../schema/ids.ts';

/** A value of a draft: whatever JSON can say. */
export type DraftValue = unknown;

/**
 * What is done to a draft. Amounts are counted up and down, so that what two people add while apart adds up; every other field is set,
 * and of two that were set apart one stands.
 */
export type DraftOp =
  | { readonly op: 'set'; readonly field: string; readonly value: DraftValue }
  | {
      readonly op: 'add';
      readonly key: string;
      readonly order: number;
      readonly amount: number;
      readonly fields: Readonly<Record<string, DraftValue>>;
    }
  | { readonly op: 'amount'; readonly key: string; readonly by: number }
  | { readonly op: 'field'; readonly key: string; readonly field: string; readonly value: DraftValue }
  | { readonly op: 'remove'; readonly key: string }
  /** A person wants this row as it is: brings a removed one back, and settles what was changed apart. */
  | { readonly op: 'keep'; readonly key: string };

/** `changed-apart`: two changed this row without knowing of each other. `removed-apart`: one removed it, another changed it; it stays. */
export type RowMark = 'changed-apart' | 'removed-apart';

export interface DraftRow {
  readonly key: string;
  readonly order: number;
  readonly amount: number;
  readonly fields: Readonly<Record<string, DraftValue>>;
  readonly mark: RowMark | null;
  /** Who changed it last, one name per concurrent change. */
  readonly by: readonly string[];
}

/** A draft as people read it: rows in their order, those that were removed left out. */
export interface DraftContent {
  readonly fields: Readonly<Record<string, DraftValue>>;
  readonly rows: readonly DraftRow[];
}

export const EMPTY_CONTENT: DraftContent = { fields: {}, rows: [] };

/** A draft after reading what there is of it. */
export interface DraftView {
  readonly heads: readonly Hash[];
  readonly content: DraftContent;
  /** Places of the own changes that what is served does not hold. */
  readonly unserved: readonly number[];
  /** True when something is known here that is neither served nor an own change: the server lost it. */
  readonly more: boolean;
  /** Places of the served chunks that could not be read. */
  readonly bad: readonly number[];
}

/** Changes of one draft: with more, it was not made by people. */
export const DRAFT_OPS_MAX = 200_000;
/** Rows of one draft, removed ones included. */
export const DRAFT_ROWS_MAX = 2_000;
/** Characters of one field's JSON. */
export const DRAFT_FIELD_LENGTH_MAX = 4_000;
/** Fields of a row, or of the whole: approvals of several tills among them, and those that were taken back. */
export const DRAFT_FIELDS_MAX = 200;
