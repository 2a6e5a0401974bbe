import { Button, Loader } from '@mantine/core';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Product } from '../../schema/product.ts';
import type { Transfer } from '../../schema/stock/transfer.ts';
import { useDevice } from '../app/contexts.ts';
import { useSay } from '../app/messages.tsx';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { addToList } from '../till/move-list.ts';
import { type GoodsLine, goodsOf } from './goods-lines.ts';
import { GoodsList } from './goods-list.tsx';
import styles from './movements-screen.module.css';
import { useMoveFaultText } from './use-move-fault-text.ts';
import { useTyped } from './use-typed.ts';

/** What arrived of one transfer; filled in with what was sent. */
export function TransferReceive({ transferId }: { transferId: string }) {
  const { t } = useTranslation();
  const { transfers } = useDevice();
  const version = useLive(transfers.version);
  const all = useLoaded(() => transfers.list(), version);
  const transfer = all?.find((one) => one.transferId === transferId && !one.fromHere);
  if (all === undefined) return <Loader size="sm" />;
  if (!transfer) return <p className={styles.soft}>{t('moves.fault.unknown-transfer')}</p>;
  return <ReceiveForm transfer={transfer} />;
}

function ReceiveForm({ transfer }: { transfer: Transfer }) {
  const { t } = useTranslation();
  const { transfers, catalogue } = useDevice();
  const [, go] = useLocation();
  const say = useSay();
  const faultText = useMoveFaultText();
  const {
    value: lines,
    set: setLines,
    forget,
  } = useTyped<readonly GoodsLine[]>(
    `transfer ${transfer.transferId}`,
    (kept) =>
      kept ??
      transfer.lines.flatMap(({ productId, open }) => {
        const product = catalogue.product(productId);
        return product && open > 0 ? [{ product, amount: open, cost: '' }] : [];
      }),
  );
  const sentOf = ({ product }: GoodsLine) =>
    transfer.lines.find(({ productId }) => productId === product.id)?.open ?? 0;
  const add = (product: Product) => setLines(addToList(lines, product).map((line) => ({ cost: '', ...line })));
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // What did not arrive at all has no line.
    const goods = goodsOf(lines.filter(({ amount }) => amount !== 0));
    const done = goods.ok ? await transfers.receive(transfer.transferId, goods.value) : goods;
    if (!done.ok) return say({ tone: 'warning', text: faultText(done.error) });
    forget(lines);
    say({ tone: 'info', text: t('moves.form.saved', { count: lines.length }) });
    go('/movements');
  };
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)} noValidate data-testid="form-transfer-in">
      <p className={styles.soft}>{t('moves.form.transfer-in.help', { branch: transfers.nameOf(transfer.other) })}</p>
      <GoodsList kind="transfer-in" lines={lines} onLines={setLines} add={add} sent={sentOf} />
      <Button type="submit" size="lg" className={styles.alone ?? ''} data-testid="movement-save">
        {t('moves.form.transfer-in.save')}
      </Button>
    </form>
  );
}
