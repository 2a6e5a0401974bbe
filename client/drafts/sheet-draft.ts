import { z } from 'zod';
import { personIdShape } from '../../schema/ids.ts';
import type { Sheet, SheetPlace } from '../device/stocktakes.ts';
import type { KnownDraft } from '../store/draft-book.ts';
import type { DraftOp } from './draft-content.ts';

/** Characters of a sheet's name and of a place's, and of its notes. */
export const SHEET_NAME_MAX = 40;
export const SHEET_PLACE_MAX = 60;
export const SHEET_NOTES_MAX = 2_000;

/** Fields of a sheet's draft; its rows are the places. */
export const SHEET_FIELDS = {
  name: 'name',
  notes: 'notes',
  begunAt: 'begunAt',
  after: 'after',
  closed: 'closed',
  discarded: 'discarded',
} as const;
const closedShape = z.object({ at: z.int(), by: personIdShape });

/** The sheet that a draft says; null for another kind, and for one that was thrown away. */
export function readSheet({ id, kind, content, at }: KnownDraft): Sheet | null {
  const { name, notes, after, closed, discarded } = content.fields;
  if (kind !== 'sheet' || discarded === true) return null;
  const begunAt = numberOf(content.fields.begunAt, at);
  return {
    ...{
      id,
      at,
      begunAt,
      after: numberOf(after, begunAt),
      name: textOf(name, SHEET_NAME_MAX),
      notes: textOf(notes, SHEET_NOTES_MAX),
    },
    places: content.rows.map(({ key, fields }) => readPlace(key, fields)),
    closed: closedShape.safeParse(closed).data ?? null,
  };
}

function readPlace(key: string, fields: Readonly<Record<string, unknown>>): SheetPlace {
  return {
    key,
    name: textOf(fields.name, SHEET_PLACE_MAX),
    person: personIdShape.safeParse(fields.person).data ?? null,
  };
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function textOf(value: unknown, length: number): string {
  return typeof value === 'string' ? value.slice(0, length) : '';
}

/** A new place behind the others. */
export function addPlaceOp(key: string, name: string, places: readonly SheetPlace[]): DraftOp {
  const fields = { name: name.trim().slice(0, SHEET_PLACE_MAX).toWellFormed(), person: null };
  return { op: 'add', key, order: places.length + 1, amount: 1, fields };
}
