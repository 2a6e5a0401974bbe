import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Transfer, TransferLine } from '../../schema/stock/transfer.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { Panel } from '../ui/panel.tsx';
import table from '../ui/table.module.css';
import { FiguresTable } from './figures-table.tsx';
import styles from './movements-screen.module.css';
import { SettleDialog } from './settle-dialog.tsx';

/** Lines of a transfer shown before the rest is only counted. */
const LINES_SHOWN = 6;

/** What is on its way between this branch and the others, and where something else arrived; nothing in a shop of one branch. */
export function TransfersPanel() {
  const { t } = useTranslation();
  const { transfers, company } = useDevice();
  useLive(company.all);
  const version = useLive(transfers.version);
  const open = useLoaded(() => transfers.list(), version)?.filter(({ state }) => state !== 'done') ?? [];
  const [settled, setSettled] = useState<Transfer | null>(null);
  if (open.length === 0 && transfers.branches().length === 0) return null;
  const parts = [
    ['difference', open.filter(({ state }) => state === 'difference')],
    ['here', open.filter(({ state, fromHere }) => state === 'on-the-way' && !fromHere)],
    ['away', open.filter(({ state, fromHere }) => state === 'on-the-way' && fromHere)],
  ] as const;
  return (
    <>
      {open.length === 0 && <p className={styles.soft}>{t('moves.way.none')}</p>}
      {parts.map(
        ([part, listed]) =>
          listed.length > 0 && (
            <Panel key={part} title={t(`moves.way.${part}`)} testId={`way-${part}`}>
              {listed.map((transfer) => (
                <TransferCard key={transfer.transferId} transfer={transfer} onSettle={() => setSettled(transfer)} />
              ))}
            </Panel>
          ),
      )}
      {settled && <SettleDialog transfer={settled} onClose={() => setSettled(null)} />}
    </>
  );
}

function TransferCard({ transfer, onSettle }: { transfer: Transfer; onSettle: () => void }) {
  const { t } = useTranslation();
  const { transfers } = useDevice();
  const format = useFormat();
  const { fromHere, other, events, state, lines, transferId } = transfer;
  const first = events[0];
  return (
    <article className={styles.transfer} data-testid="transfer" data-state={state}>
      <header className={styles.head}>
        <h3 className={styles.name}>
          {t(fromHere ? 'moves.way.to' : 'moves.way.from', { branch: transfers.nameOf(other) })}
          {first && <span className={styles.soft}> {format.dateTime(first.at)}</span>}
        </h3>
        <span className={styles.starts}>
          {!fromHere && lines.some(({ open }) => open > 0) && (
            <Button component={Link} href={`/movements/transfer-in/${transferId}`} data-testid="transfer-enter">
              {t(state === 'difference' ? 'moves.way.enterRest' : 'moves.way.enter')}
            </Button>
          )}
          {(state === 'difference' || fromHere) && (
            <Button variant="default" onClick={onSettle} data-testid="transfer-settle">
              {t('moves.way.settle')}
            </Button>
          )}
        </span>
      </header>
      <TransferTable transfer={transfer} />
    </article>
  );
}

function TransferTable({ transfer: { lines, state } }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const isOpen = state === 'difference';
  const listed = isOpen ? lines.filter(({ open }) => open !== 0) : lines;
  const more = listed.length - LINES_SHOWN;
  return (
    <>
      <FiguresTable
        label={t('moves.detail.product')}
        name={t('moves.detail.product')}
        figures={[t('moves.way.sent'), ...(isOpen ? [t('moves.way.arrived'), t('moves.way.open')] : [])]}
      >
        {listed.slice(0, LINES_SHOWN).map((line) => (
          <TransferRow key={line.productId} line={line} isOpen={isOpen} />
        ))}
      </FiguresTable>
      {more > 0 && <p className={styles.soft}>{t('moves.detail.more', { count: more })}</p>}
    </>
  );
}

function TransferRow({ line, isOpen }: { line: TransferLine; isOpen: boolean }) {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const format = useFormat();
  const { name = line.productId, unitScale = 1 } = catalogue.product(line.productId) ?? {};
  const quantity = (units: number) => format.quantity(units, unitScale);
  return (
    <tr data-testid="transfer-line">
      <th scope="row">{name}</th>
      <td className={table.number}>{quantity(line.sent)}</td>
      {isOpen && (
        <>
          <td className={table.number}>{quantity(line.arrived)}</td>
          <td className={`${table.number} ${styles.warn}`}>
            {line.open > 0 ? quantity(line.open) : t('moves.way.more', { quantity: quantity(-line.open) })}
          </td>
        </>
      )}
    </tr>
  );
}
