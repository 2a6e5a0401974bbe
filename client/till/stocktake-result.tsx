import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CountResult } from '../../schema/stock/stocktake.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useAllow } from '../app/use-allow.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import type { Sheet } from '../device/stocktakes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import table from '../ui/table.module.css';
import styles from './stocktake-screen.module.css';
import { useFaultText } from './use-fault-text.ts';

/** Rows on the screen, by the largest correction first; all of them are corrected. */
const SHOWN_MAX = 200;

/** Counted beside the stock of that moment, and what is to be corrected. */
export function StocktakeResult({ sheet, results }: { sheet: Sheet; results: readonly CountResult[] | undefined }) {
  const { t } = useTranslation();
  const silent = useLive(useDevice().office.silent);
  const wanting = (results ?? []).filter(({ correction }) => correction !== 0);
  if (results === undefined) return null;
  if (results.length === 0) {
    return (
      <EmptyState
        icon={<IconCircleCheck size={40} />}
        title={t('stocktake.noCounts')}
        help={t('stocktake.noCountsHelp')}
      />
    );
  }
  return (
    <div className={styles.part}>
      {silent.length > 0 && <p className={styles.soft}>{t('stocktake.silent')}</p>}
      {wanting.length === 0 && (
        <EmptyState
          icon={<IconCircleCheck size={40} />}
          title={t('stocktake.allRight')}
          help={t('stocktake.allRightHelp')}
        />
      )}
      <CorrectButton sheet={sheet} wanting={wanting} />
      <ResultTable results={results} />
    </div>
  );
}

function CorrectButton({ sheet, wanting }: { sheet: Sheet; wanting: readonly CountResult[] }) {
  const { t } = useTranslation();
  const { stocktakes } = useDevice();
  const allow = useAllow();
  const say = useSay();
  const faultText = useFaultText();
  const [busy, setBusy] = useState(false);
  const correct = async () => {
    const leave = await allow({ action: 'stock-move', subject: sheet.name });
    if (!leave.ok) return say({ tone: 'warning', text: t('stocktake.noLeave') });
    const done = await stocktakes.correct(sheet.id, wanting, leave.value);
    if (!done.ok) return say({ tone: 'warning', text: faultText(done.error) });
    say({ tone: 'info', text: t('stocktake.corrected', { count: wanting.length }) });
  };
  if (wanting.length === 0) return null;
  return (
    <Button
      size="lg"
      loading={busy}
      onClick={() => {
        setBusy(true);
        void correct().finally(() => setBusy(false));
      }}
      data-testid="stocktake-correct"
    >
      {t('stocktake.correct', { count: wanting.length })}
    </Button>
  );
}

function ResultTable({ results }: { results: readonly CountResult[] }) {
  const { t } = useTranslation();
  return (
    <div className={`${styles.card} ${styles.results} ${table.wrap}`}>
      <table className={table.table}>
        <thead>
          <tr>
            <th scope="col">{t('stocktake.product')}</th>
            <th scope="col" className={`${table.number} ${styles.roomy}`}>
              {t('stocktake.book')}
            </th>
            <th scope="col" className={`${table.number} ${styles.roomy}`}>
              {t('stocktake.counted')}
            </th>
            <th scope="col" className={table.number}>
              {t('stocktake.difference')}
            </th>
            <th scope="col" className={table.number}>
              {t('stocktake.correction')}
            </th>
          </tr>
        </thead>
        <tbody>
          {results.slice(0, SHOWN_MAX).map((result) => (
            <ResultRow key={result.productId} result={result} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function ResultRow({ result }: { result: CountResult }) {
  const { t } = useTranslation();
  const format = useFormat();
  const product = useDevice().catalogue.product(result.productId);
  const quantity = (amount: number) => format.quantity(amount, product?.unitScale ?? 1);
  const signed = (amount: number) => `${amount > 0 ? '+' : ''}${quantity(amount)}`;
  return (
    <tr data-testid="stocktake-result" data-product={result.productId}>
      <th scope="row" className={styles.wrap}>
        {product?.name ?? result.productId}
        <span className={`${styles.tight} num`}>
          {t('stocktake.book')}: {quantity(result.expected)} · {t('stocktake.counted')}: {quantity(result.counted)}
        </span>
        {result.late !== 0 && (
          <span className={styles.detail}>{t('stocktake.late', { amount: signed(result.late) })}</span>
        )}
        {result.unclear && <span className={styles.detail}>{t('stocktake.unclear')}</span>}
        {result.replaced.length > 0 && (
          <span className={styles.detail}>{t('stocktake.twice', { count: result.replaced.length })}</span>
        )}
      </th>
      <td className={`${table.number} ${styles.roomy}`}>{quantity(result.expected)}</td>
      <td className={`${table.number} ${styles.roomy}`}>{quantity(result.counted)}</td>
      <td className={table.number}>{signed(result.counted - result.expected)}</td>
      <td className={table.number}>{result.correction === 0 ? '' : signed(result.correction)}</td>
    </tr>
  );
}
