import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { CameBack } from '../device/device.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { Panel } from '../ui/panel.tsx';
import table from '../ui/table.module.css';
import styles from './conflicts-screen.module.css';
import { FiguresTable } from './figures-table.tsx';

/** The server's histories, and what the tills gave back after each restore. */
export default function ReturnedScreen() {
  const { t } = useTranslation();
  const { office, company } = useDevice();
  const version = `${useLive(office.version)} ${useLive(company.epochs).length}`;
  const histories = useLoaded(() => office.cameBack(), version) ?? [];
  return (
    <div className={styles.root}>
      <h1 className="visually-hidden">{t('office.returned.title')}</h1>
      {histories.length === 0 && (
        <EmptyState
          icon={<IconHistory size={40} />}
          title={t('office.returned.none')}
          help={t('office.returned.noneHelp')}
        />
      )}
      {histories.map((history) => (
        <History key={history.epoch.id} history={history} />
      ))}
    </div>
  );
}

function History({ history: { epoch, tills } }: { history: CameBack }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Panel
      title={t('office.returned.history', { n: epoch.epoch.n, date: format.dateTime(epoch.begunAt) })}
      testId="history"
    >
      <p className={styles.soft}>{t(`office.returned.cause.${epoch.cause}`)}</p>
      {tills.length === 0 ? <p>{t('office.returned.nothing')}</p> : <TillTable tills={tills} />}
    </Panel>
  );
}

function TillTable({ tills }: { tills: CameBack['tills'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <FiguresTable
      label={t('office.returned.title')}
      name={t('goods.explain.till')}
      figures={[t('office.returned.entries'), t('office.sales.count'), t('office.sales.total')]}
      testId="came-back"
    >
      {tills.map(({ till, entries, receipts, sum }) => (
        <tr key={till ?? ''}>
          <th scope="row">{till ?? t('shell.unknownTill')}</th>
          <td className={table.number}>{format.count(entries)}</td>
          <td className={table.number}>{format.count(receipts)}</td>
          <td className={table.number}>{format.money(sum)}</td>
        </tr>
      ))}
    </FiguresTable>
  );
}
