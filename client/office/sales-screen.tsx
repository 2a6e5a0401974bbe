import { IconListDetails } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { BranchSale } from '../device/device.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { VirtualRows } from '../ui/virtual-rows.tsx';
import styles from './list-screen.module.css';
import { SaleDetail } from './sale-detail.tsx';
import { SaleRow } from './sale-row.tsx';
import { SalesToday } from './sales-today.tsx';
import { SilentNotice } from './silent-notice.tsx';

/** The newest sales held on the screen. */
const SALES_MAX = 2_000;
const ROW_HEIGHT = 64;

/** The sales of all tills, arriving by themselves. */
export default function SalesScreen() {
  const { t } = useTranslation();
  const { office } = useDevice();
  const format = useFormat();
  const version = useLive(office.version);
  const sales = useLoaded(() => office.sales(SALES_MAX), version) ?? [];
  const [chosen, setChosen] = useState<BranchSale | null>(null);
  return (
    <div className={styles.root}>
      <header className={styles.head}>
        <h1 className={styles.title}>{t('office.sales.title')}</h1>
        {sales.length === SALES_MAX && (
          <span className={styles.count}>{t('office.sales.newest', { shown: format.count(SALES_MAX) })}</span>
        )}
      </header>
      <div style={{ display: 'grid', gap: '0.75rem' }}>
        <SilentNotice />
        <SalesToday sales={sales} />
      </div>
      <div className={styles.list} data-testid="sales-list">
        {sales.length === 0 ? (
          <EmptyState
            icon={<IconListDetails size={40} />}
            title={t('office.sales.none')}
            help={t('office.sales.noneHelp')}
          />
        ) : (
          <VirtualRows
            count={sales.length}
            rowHeight={ROW_HEIGHT}
            label={t('office.sales.title')}
            keyOf={(index) => sales[index]?.id ?? String(index)}
            row={(index) => {
              const sale = sales[index];
              return sale && <SaleRow sale={sale} onOpen={() => setChosen(sale)} />;
            }}
          />
        )}
      </div>
      <SaleDetail sale={chosen} onClose={() => setChosen(null)} />
    </div>
  );
}
