import { UnstyledButton } from '@mantine/core';
import { IconCashRegister } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Money } from '../../schema/money.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { ZReport } from '../device/shifts.ts';
import { useFlagText } from '../office/use-flag-text.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import styles from './shift-screen.module.css';

/** Z reports on the screen. */
const REPORTS_MAX = 100;

/** Shifts that were closed: of this device, and on a manager's of all tills. */
export function ShiftList({ onShow }: { onShow: (report: ZReport) => void }) {
  const { t } = useTranslation();
  const { shift, identity, office } = useDevice();
  const all = useLoaded(() => shift.reports(REPORTS_MAX), useLive(office.version)) ?? [];
  const reports = identity.role === 'till' ? all.filter(({ entry }) => entry.deviceId === identity.deviceId) : all;
  return (
    <Panel title={t(identity.role === 'till' ? 'shift.past' : 'shift.pastAll')} flush testId="shift-list">
      {reports.length === 0 ? (
        <EmptyState icon={<IconCashRegister size={40} />} title={t('shift.none')} help={t('shift.noneHelp')} />
      ) : (
        <ul className={styles.list}>
          {reports.map((report) => (
            <li key={report.entry.id}>
              <ShiftRow report={report} onShow={() => onShow(report)} />
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function ShiftRow({ report: { entry, till, flags }, onShow }: { report: ZReport; onShow: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const flagText = useFlagText();
  const { zNo, sales, refunds, countedCash, expectedCash } = entry.body;
  const difference = countedCash - expectedCash;
  return (
    <UnstyledButton className={styles.row} onClick={onShow} data-testid="shift-row" data-z={zNo}>
      <span>
        {t('shift.z', { number: zNo })} · {till ?? t('shell.unknownTill')}
      </span>
      <span className="num">
        {difference === 0
          ? t('shift.even')
          : t(difference > 0 ? 'shift.over' : 'shift.short', { amount: format.money(Math.abs(difference) as Money) })}
      </span>
      <small className="num">
        {format.dateTime(entry.at)} ·{' '}
        {t('shift.counts', { sales: format.count(sales), refunds: format.count(refunds) })}
      </small>
      <small className={styles.flag}>{flags.map(flagText).join(', ')}</small>
    </UnstyledButton>
  );
}
