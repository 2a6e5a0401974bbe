import { useTranslation } from 'react-i18next';
import { useFormat } from '../app/use-format.ts';
import { useNow } from '../app/use-now.ts';
import type { Inspection } from '../device/device.ts';
import { Panel } from '../ui/panel.tsx';
import table from '../ui/table.module.css';
import styles from './inspector-screen.module.css';

/** More than this is a number, not a list. */
const ROWS_MAX = 100;
const NOW_REFRESH_MS = 60_000;

/** What waits to be acknowledged. */
export function OutboxPanel({ inspection }: { inspection: Inspection | null }) {
  const { t } = useTranslation();
  const entries = (inspection?.waiting ?? []).map((entry) => ({ id: entry.id, kind: entry.kind, at: entry.at }));
  const edits = (inspection?.waitingEdits ?? []).map((edit) => ({
    id: edit.editId,
    kind: `${edit.docId}: ${Object.keys(edit.patch).join(', ')}`,
    at: edit.at,
  }));
  return (
    <>
      <Panel title={t('inspector.waiting')} flush testId="outbox">
        {entries.length === 0 ? (
          <p className={styles.text}>{t('inspector.waitingNone')}</p>
        ) : (
          <WaitingTable rows={entries} />
        )}
      </Panel>
      <Panel title={t('inspector.edits')} flush>
        {edits.length === 0 ? <p className={styles.text}>{t('inspector.editsNone')}</p> : <WaitingTable rows={edits} />}
      </Panel>
    </>
  );
}

function WaitingTable({ rows }: { rows: readonly { id: string; kind: string; at: number }[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(NOW_REFRESH_MS);
  return (
    <div className={table.wrap}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('inspector.entry')}</th>
            <th scope="col">{t('inspector.kind')}</th>
            <th scope="col">{t('inspector.at')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS_MAX).map((row) => (
            <tr key={row.id}>
              <td className={table.mono}>{row.id}</td>
              <td>{row.kind}</td>
              <td className="num">{format.moment(row.at, now)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
