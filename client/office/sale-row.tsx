import { UnstyledButton } from '@mantine/core';
import { IconFlag } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useNow } from '../app/use-now.ts';
import type { BranchSale } from '../device/device.ts';
import { SafetyMark } from '../ui/safety-mark.tsx';
import styles from './sale-row.module.css';
import { signed } from './sales-summary.ts';
import { useFlagText } from './use-flag-text.ts';

const NOW_REFRESH_MS = 60_000;

/** One sale of any till. */
export function SaleRow({ sale, onOpen }: { sale: BranchSale; onOpen: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow(NOW_REFRESH_MS);
  const flagText = useFlagText();
  const person =
    useLive(useDevice().company.people).find((one) => one.person === sale.person)?.name ?? sale.person ?? '';
  return (
    <UnstyledButton className={styles.row} onClick={onOpen} data-testid="sale-row" data-receipt={sale.receipt}>
      <span className={`${styles.receipt} num`}>{sale.receipt ?? sale.kind}</span>
      <span className={`${styles.facts} num`}>
        {sale.till ?? t('shell.unknownTill')} · {format.moment(sale.at, now)} · {person}
        {sale.kind === 'refund' && <b className={styles.refund}> {t('goods.receipts.refund')}</b>}
      </span>
      <span className={styles.marks}>
        {sale.flags.map((flag) => (
          <span key={flag} className={styles.flag}>
            <IconFlag size={16} aria-hidden="true" />
            {flagText(flag)}
          </span>
        ))}
        <SafetyMark
          safety={sale.safety}
          text={t(sale.safety === 'server' ? 'till.receipt.safeServer' : 'till.receipt.safeHere')}
        />
      </span>
      <span className={`${styles.total} num`}>{sale.total === undefined ? '' : format.money(signed(sale))}</span>
    </UnstyledButton>
  );
}
