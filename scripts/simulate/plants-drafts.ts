import type { Plant, PlantedEdit } from './plant.ts';

const edit = (file: string, find: string, replace: string): PlantedEdit => ({ file, find, replace });

/** Planted bugs of held carts. */
export const DRAFT_PLANTS: readonly Plant[] = [
  {
    name: 'draft-dropped-unnamed',
    rule: 'DRF17',
    what: 'a change of a held cart counts as sent when the request fails',
    edits: [
      edit(
        'client/sync/draft-outbox.ts',
        '      deps.onFault(answer.error);\n',
        "      deps.onFault(answer.error);\n      await deps.book.settle(batch.map(({ id }) => ({ changeId: id, verdict: 'accepted' as const })), deps.epoch());\n",
      ),
    ],
  },
  {
    name: 'draft-not-ended-with-its-sale',
    rule: 'DRF7',
    what: 'the sale of a held cart leaves its draft open',
    edits: [
      edit('server/core/draft-writer.ts', '  if (ending) await putDraft(', '  if (ending && at < 0) await putDraft('),
    ],
  },
  {
    name: 'draft-of-another-branch-served',
    rule: 'DRF6',
    what: 'a page of drafts has those of the other branch',
    edits: [
      edit(
        'server/core/serve-drafts.ts',
        "await tx.documentsAfter('drafts', { ...span, after })",
        "await tx.documentsAfter('drafts', { ...span, scope: (span.scope === '*' ? 'cabang' : span.scope) as never, after })",
      ),
    ],
  },
  {
    name: 'draft-change-twice',
    rule: 'DRF2',
    what: 'a change of a held cart that comes again is stored again',
    edits: [
      edit(
        'server/core/push-drafts.ts',
        '  if (before !== undefined) return',
        '  if (before !== undefined && rowIsSpent) return',
      ),
      edit(
        'server/core/push-drafts.ts',
        'async function takeRow(',
        'const rowIsSpent = false as boolean;\n\nasync function takeRow(',
      ),
      edit(
        'server/core/push-drafts.ts',
        '  await tx.addEditVerdict(',
        '  if (before === undefined) await tx.addEditVerdict(',
      ),
      edit(
        'server/core/push-drafts.ts',
        '!change.whole && isKnown) return',
        '!change.whole && isKnown && rowIsSpent) return',
      ),
    ],
  },
  {
    name: 'draft-restore-forgets',
    rule: 'DRF17',
    what: 'a change of a held cart that a restored server lost is not sent again',
    edits: [edit('client/store/draft-rows.ts', '  if (verdict.epoch.id !== epoch.id) return true;\n', '')],
  },
];
