import { canonicalJson } from '../../schema/canonical-json.ts';
import type { FieldConflict } from '../../schema/edit.ts';
import { isMergedByKey } from '../../schema/merge-by-key.ts';
import type { AuditRow } from '../../schema/protocol/audit.ts';
import type { MasterData } from './master-data.ts';

/** Who made a field what it is, at which till, and when by that device's clock. */
export interface FieldWriter {
  readonly person: string;
  readonly till: string;
  readonly at: number;
}

/** Pages of the audit that are looked through: a thousand changes. */
export const WRITERS_PAGES_MAX = 10;

/** Who wrote what the server has in these fields of a document, out of its audit (EDT22); a field that nothing is known of is left out. */
export async function whoWrote(
  auditNow: MasterData['auditNow'],
  docId: string,
  fields: readonly Pick<FieldConflict, 'field' | 'theirs'>[],
): Promise<ReadonlyMap<string, FieldWriter>> {
  const found = new Map<string, FieldWriter>();
  let before: string | null = null;
  for (let page = 0; page < WRITERS_PAGES_MAX; page += 1) {
    const answer = await auditNow(before);
    if (!answer.ok) break;
    for (const row of answer.value.rows.filter((one) => one.docId === docId)) {
      for (const one of fields) if (!found.has(one.field) && wrote(row, one)) found.set(one.field, writerOf(row));
    }
    before = answer.value.next;
    if (before === null || found.size === fields.length) break;
  }
  return found;
}

function writerOf({ person, device, at }: AuditRow): FieldWriter {
  return { person, till: device, at };
}

/** A field that is taken away is null in the edit, and not there in the document. */
function wrote(
  { verdict, patch }: AuditRow,
  { field, theirs = null }: Pick<FieldConflict, 'field' | 'theirs'>,
): boolean {
  const wish = patch[field];
  if (verdict === 'refused' || wish === undefined) return false;
  // What was merged key by key is not what one person wished.
  return isMergedByKey(field, wish) ? verdict !== 'conflict' : canonicalJson(wish) === canonicalJson(theirs);
}
