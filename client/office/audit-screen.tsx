import { Button, Loader } from '@mantine/core';
import { IconFileTime, IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { differingKeys } from '../../schema/merge-by-key.ts';
import type { AuditRow } from '../../schema/protocol/audit.ts';
import { deviceCommandShape } from '../../schema/protocol/device-care.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import type { EndOfDevice } from '../device/device-care.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import styles from './audit-screen.module.css';
import { type Audit, useAudit } from './use-audit.ts';
import { useDocName } from './use-doc-name.ts';
import { useFieldText } from './use-field-text.ts';
import { useRefusedText } from './use-refused-text.ts';

const NOW_REFRESH_MS = 60_000;

/** Who changed what when, as the server holds it. */
export default function AuditScreen() {
  const { t } = useTranslation();
  const audit = useAudit();
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('manage.audit.title')}</h1>
      <Panel title={t('manage.audit.title')} flush>
        {audit.rows.length === 0 && <NoRows audit={audit} />}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long list without a button in it must be reached by the keyboard, or it cannot be scrolled. */}
        <ul className={styles.list} tabIndex={0} aria-label={t('manage.audit.title')}>
          {audit.rows.map((row) => (
            <ChangeRow
              key={`${row.receivedAt} ${row.device} ${row.docId} ${row.at} ${Object.keys(row.patch)}`}
              row={row}
            />
          ))}
        </ul>
        {audit.rows.length > 0 && audit.state === 'offline' && (
          <p className={styles.more}>{t('manage.audit.offline')}</p>
        )}
        {audit.next !== null && (
          <div className={styles.more}>
            <Button variant="default" onClick={audit.more}>
              {t('manage.audit.more')}
            </Button>
          </div>
        )}
      </Panel>
    </div>
  );
}

function NoRows({ audit }: { audit: Audit }) {
  const { t } = useTranslation();
  if (audit.state === 'loading')
    return <EmptyState icon={<Loader size="sm" color="var(--accent-ink)" />} title={t('manage.audit.loading')} />;
  if (audit.state === 'loaded')
    return (
      <EmptyState icon={<IconFileTime size={40} />} title={t('manage.audit.none')} help={t('manage.audit.help')} />
    );
  return (
    <EmptyState icon={<IconPlugConnectedX size={40} />} title={t(`manage.audit.${audit.state}`)}>
      <Button variant="default" onClick={audit.again}>
        {t('manage.audit.again')}
      </Button>
    </EmptyState>
  );
}

function ChangeRow({ row }: { row: AuditRow }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(NOW_REFRESH_MS);
  const { company } = useDevice();
  const docName = useDocName();
  const all = useLive(company.all);
  const person = all.find((doc) => doc.kind === 'person' && doc.person === row.person);
  const who = person?.kind === 'person' ? person.name : '';
  const changes = useChanges(row);
  const refusedText = useRefusedText();
  return (
    <li className={styles.row} data-testid="audit-row">
      <span>
        <b>{who}</b> <span className={styles.soft}>{t('manage.audit.at', { device: row.device })}</span>
      </span>
      <span className={`${styles.soft} num`}>{format.moment(row.at, now)}</span>
      <p>
        {docName.kind(row)} <b>{docName.name(row, row.name)}</b>: {changes}
      </p>
      {(row.verdict === 'conflict' || row.verdict === 'refused') && (
        <p className={styles.warn}>
          {t(`manage.audit.verdict.${row.verdict}`)}
          {row.reason && `. ${refusedText(row.reason)}`}
        </p>
      )}
    </li>
  );
}

/** Settings that hold also where nobody made them. */
const USUAL: ReadonlySet<string> = new Set([
  ...['cashierMay', 'discountMaxBasisPoints', 'creditLimit', 'lockAfterMs', 'sync', 'verifyAt', 'reportsOfAll'],
]);

/** What was asked of a device, or how it ended. */
const actShape = z.union([
  z.object({ command: deviceCommandShape }),
  z.object({ ended: z.enum(['lost', 'retire', 'revoke'] satisfies EndOfDevice[]) }),
]);

/** What was changed from what to what; of what was made only that. */
function useChanges({ patch, base }: AuditRow): string {
  const { t } = useTranslation();
  const fields = useFieldText();
  if ('pin' in patch) return t('manage.audit.pin');
  const asked = actShape.safeParse(patch).data;
  if (asked && 'command' in asked) return t(`care.command.${asked.command}`);
  if (asked) return t(`manage.audit.ended.${asked.ended}`);
  const none = (field: string) => t(USUAL.has(field) ? 'manage.audit.usual' : 'manage.audit.nothing');
  const valuesOf = (field: string, [from, to]: readonly unknown[]) => ({
    from: (from ?? null) === null ? none(field) : fields.value(field, from),
    to: to === null ? none(field) : fields.value(field, to),
  });
  const change = (field: string) => ({
    field: fields.name(field),
    ...valuesOf(field, differingKeys(field, [base[field], patch[field]])),
  });
  const changed = Object.keys(patch).filter((field) => JSON.stringify(base[field]) !== JSON.stringify(patch[field]));
  return changed.map((field) => t('manage.audit.change', change(field))).join('; ');
}
