import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ProductId, splitEntryId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import type { BelowTaker } from '../device/below-zero.ts';
import type { BranchSale } from '../device/device.ts';
import table from '../ui/table.module.css';
import { FiguresTable } from './figures-table.tsx';
import styles from './limits-screen.module.css';
import { SaleDetail } from './sale-detail.tsx';

/** What took a product below nothing, where it is there: the receipts to look at, or to take back. */
export function BelowTakers({ product }: { product: ProductId }) {
  const { t } = useTranslation();
  const { office, stock, catalogue } = useDevice();
  const format = useFormat();
  const version = `${useLive(office.version)} ${useLive(stock.version)}`;
  const isBelow = stock.onHand(product) < 0;
  const below = useLoaded(async () => (isBelow ? office.belowZero() : []), `${version} ${isBelow}`);
  const row = below?.find((one) => one.product === product);
  if (!row || row.takers.length === 0) return null;
  const scale = catalogue.product(product)?.unitScale ?? 1;
  return (
    <section aria-label={t('shares.below.took')}>
      <p className={styles.soft}>{t('shares.below.help')}</p>
      <TakerTable takers={row.takers} quantity={(units) => format.quantity(units, scale)} />
      {!row.isWhole && <p className={styles.soft}>{t('shares.below.more')}</p>}
    </section>
  );
}

interface TakerTableProps {
  readonly takers: readonly BelowTaker[];
  readonly quantity: (units: number) => string;
}

/** Who took how much, newest first; a receipt opens. */
export function TakerTable({ takers, quantity }: TakerTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [shown, setShown] = useState<BranchSale | null>(null);
  const saleOf = useSaleOf();
  return (
    <>
      <FiguresTable
        label={t('shares.below.receipt')}
        name={t('shares.below.receipt')}
        figures={[t('shares.below.units')]}
      >
        {takers.map((taker) => (
          <tr key={taker.id} data-testid="below-taker">
            <th scope="row">
              <TakerName taker={taker} onOpen={() => setShown(saleOf(taker))} />
              <span className={`${styles.detail} num`}>
                {taker.till ?? t('shell.unknownTill')} · {t('shares.below.at', { date: format.dateTime(taker.at) })}
              </span>
            </th>
            <td className={table.number}>{quantity(taker.units)}</td>
          </tr>
        ))}
      </FiguresTable>
      <SaleDetail sale={shown} onClose={() => setShown(null)} />
    </>
  );
}

/** What took stock beside sales. */
const KINDS = ['adjust', 'waste', 'transfer-out'] as const;

function TakerName({ taker: { receipt, kind }, onOpen }: { taker: BelowTaker; onOpen: () => void }) {
  const { t } = useTranslation();
  const known = KINDS.find((one) => one === kind);
  if (receipt === undefined) return known ? t(`sync.kind.${known}`) : kind;
  return (
    <Button
      variant="subtle"
      size="compact-md"
      className={styles.receipt ?? ''}
      onClick={onOpen}
      data-testid="below-receipt"
    >
      {receipt}
    </Button>
  );
}

function useSaleOf(): (taker: BelowTaker) => BranchSale {
  const { identity, till } = useDevice();
  return ({ units: _, ...taker }) => {
    const isOwn = splitEntryId(taker.id).deviceId === identity.deviceId;
    const safety = isOwn ? till.safety(taker.id) : 'server';
    return { ...taker, total: undefined, person: undefined, safety, flags: [] };
  };
}
