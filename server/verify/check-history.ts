import type { Epoch } from '../../schema/epoch.ts';
import { pulledDocumentShapes } from '../../schema/protocol/pull.ts';
import type { Revision } from '../../schema/revision.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { DocumentCollection } from '../store/store.ts';
import { guarded, type Look, parseText } from './look.ts';

/** Checks what orders everything: epochs, commit sequences and their tags, and the revisions of documents. */
export function checkHistory(look: Look): void {
  const epochs = look.database.prepare<[], Epoch>('SELECT n, id FROM epoch ORDER BY n').all();
  guarded(look, 'epoch', () => checkEpochs(look, epochs));
  guarded(look, 'commit_tag', () => checkCommits(look));
  guarded(look, 'document', () => checkDocuments(look, epochs));
}

function checkEpochs({ findings, ledger }: Look, epochs: readonly Epoch[]): void {
  if (epochs.length === 0) findings.add('epoch', '', 'there is none');
  for (const epoch of epochs) {
    if (ledger && !ledger.knowsEpoch(epoch))
      findings.add('epoch', String(epoch.n), 'the ledger does not know it', { odd: true });
  }
  const newest = epochs.at(-1);
  // An epoch may begin right now, and its line comes first.
  if (ledger && newest && ledger.lastEpoch() > newest.n)
    findings.add('epoch', '', 'the ledger knows a later one', { odd: true });
  if (new Set(epochs.map(({ id }) => id)).size !== epochs.length) findings.add('epoch', '', 'one id comes twice');
}

interface Commit {
  readonly scope: string;
  readonly first: number;
  readonly last: number;
  readonly tag: string;
}

/** Commits of a scope follow each other without a gap, up to its clock; every change stands in one of them, alone. */
function checkCommits({ database, findings, tick }: Look): void {
  const ends = new Map<string, Commit>();
  for (const commit of database.prepare<[], Commit>('SELECT * FROM commit_tag ORDER BY scope, last').iterate()) {
    const { scope, first, last } = commit;
    if (first !== (ends.get(scope)?.last ?? 0) + 1 || last < first)
      findings.add('commit_tag', `${scope} ${last}`, 'does not follow the one before');
    ends.set(scope, commit);
    tick(1);
  }
  const clocks = database.prepare<[], { scope: string; seq: number; tag: string }>('SELECT * FROM scope_clock').all();
  for (const { scope, seq, tag } of clocks) {
    const end = ends.get(scope);
    if (end?.last !== seq || end.tag !== tag) findings.add('scope_clock', scope, 'is not where the last commit ended');
    ends.delete(scope);
  }
  for (const scope of ends.keys()) findings.add('scope_clock', scope, 'is missing');
  const doubled = database.prepare<[], { scope: string; seq: number; count: number }>(
    `SELECT change.scope, change.seq, count(*) AS count
     FROM (SELECT scope, seq FROM document UNION ALL SELECT scope, commit_seq FROM entry_state) AS change
     LEFT JOIN scope_clock clock ON clock.scope = change.scope
     GROUP BY change.scope, change.seq HAVING count > 1 OR change.seq > coalesce(clock.seq, 0)`,
  );
  for (const { scope, seq } of doubled.iterate())
    findings.add('commit_tag', `${scope} ${seq}`, 'two changes have this number, or no commit gave it');
}

interface DocumentRow {
  readonly collection: DocumentCollection;
  readonly id: string;
  readonly scope: string;
  readonly json: string;
}

function checkDocuments({ database, findings, tick }: Look, epochs: readonly Epoch[]): void {
  const rows = database.prepare<[], DocumentRow>('SELECT collection, id, scope, json FROM document NOT INDEXED');
  for (const row of rows.iterate()) {
    const fault = documentFault(row, epochs);
    if (fault) findings.add('document', `${row.collection} ${row.id}`, fault);
    tick(1);
  }
}

function documentFault({ collection, id, scope, json }: DocumentRow, epochs: readonly Epoch[]): string | null {
  const shape = pulledDocumentShapes[collection];
  if (!shape) return 'collection: there is none of this name';
  const read = shape.safeParse(parseText(json));
  if (!read.success) return `${read.error.issues[0]?.path.join('.') || 'text'}: cannot be read`;
  const document = read.data as { id: string; scope: string; rev?: Revision } & Partial<Stock>;
  if (document.id !== id || document.scope !== scope) return 'id or scope: its text says another';
  if (collection === 'stock') return document.epoch === epochs.at(-1)?.n ? null : 'epoch: not the current one';
  return epochs.some(({ n }) => n === document.rev?.epoch) ? null : 'rev: of an epoch that never was';
}
