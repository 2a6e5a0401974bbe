import type { EditOutcome } from '../../schema/edit.ts';
import type { EditVerdict } from '../../schema/protocol/push.ts';

/** What the server says of an edit, whoever pushed it. */
export type EditAnswer = Omit<EditVerdict, 'editId'>;

/** What merging gave, as the verdict says it. */
export function toAnswer({ verdict, fields, conflicts }: EditOutcome): EditAnswer {
  const answer = { verdict, fields: Object.keys(fields) };
  return conflicts.length > 0 ? { ...answer, conflicts: [...conflicts] } : answer;
}
