import { ActionIcon, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import type { Money } from '../../schema/money.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { useLoaded } from '../app/use-loaded.ts';
import { isAmount } from '../till/move-list.ts';
import { decimalMark, exactDecimal } from '../ui/format-money.ts';
import { scaleDigits } from '../ui/format-quantity.ts';
import { parseDecimal } from '../ui/parse-number.ts';
import { formatPercent } from '../ui/percent.ts';
import { costOf, type GoodsLine, marginOf, netPrice } from './goods-lines.ts';
import type { MovementFormKind } from './movement-paths.ts';
import styles from './movements-screen.module.css';

export type GoodsKind = MovementFormKind | 'transfer-in';

interface GoodsRowProps {
  readonly kind: GoodsKind;
  readonly line: GoodsLine;
  /** What the other branch sent; null where this is no transfer. */
  readonly sent: number | null;
  readonly onChange: (line: GoodsLine) => void;
  readonly onRemove: (() => void) | null;
}

/** One product of a list of goods: how much, and of what arrives what one cost. */
export function GoodsRow({ kind, line, sent, onChange, onRemove }: GoodsRowProps) {
  const { t } = useTranslation();
  const { name } = line.product;
  return (
    <li className={styles.goods} data-testid="goods-row" data-product={line.product.id}>
      <span className={styles.what}>
        {name}
        <GoodsNote kind={kind} line={line} sent={sent} />
      </span>
      <span className={styles.fields}>
        <AmountField kind={kind} line={line} onChange={onChange} />
        {kind === 'receive' && <CostField line={line} onChange={onChange} />}
        {onRemove && (
          <ActionIcon aria-label={t('goods.move.remove', { name })} onClick={onRemove} variant="subtle" color="gray">
            <IconX size={20} />
          </ActionIcon>
        )}
      </span>
    </li>
  );
}

function AmountField({ kind, line, onChange }: Pick<GoodsRowProps, 'kind' | 'line' | 'onChange'>) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const { product, amount } = line;
  const digits = scaleDigits(product.unitScale);
  const [typed, setTyped] = useState('');
  useEffect(() => {
    // A scan counts the number up: the field follows. What is being typed and is no number yet stays as typed.
    if (amount !== null) setTyped(exactDecimal(amount, digits).replace('.', decimalMark(language)));
  }, [amount, digits, language]);
  return (
    <TextInput
      className={styles.number ?? ''}
      label={t(`moves.form.amount.${kind}`)}
      aria-label={`${t(`moves.form.amount.${kind}`)}: ${product.name}`}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange({ ...line, amount: parseDecimal(event.currentTarget.value, digits, language) });
      }}
      onFocus={(event) => event.currentTarget.select()}
      inputMode={digits === 0 ? 'numeric' : 'decimal'}
      autoComplete="off"
      maxLength={16}
      error={!isAmount(amount, kind === 'adjust' || kind === 'transfer-in' ? 0 : 1)}
      data-testid="goods-amount"
    />
  );
}

function CostField({ line, onChange }: Pick<GoodsRowProps, 'line' | 'onChange'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = t(line.product.unitScale === 1 ? 'moves.form.cost' : 'moves.form.costOfKilo');
  return (
    <TextInput
      className={styles.number ?? ''}
      label={label}
      aria-label={`${label}: ${line.product.name}`}
      value={line.cost}
      onChange={(event) => onChange({ ...line, cost: event.currentTarget.value })}
      onFocus={(event) => event.currentTarget.select()}
      inputMode={format.currency.digits === 0 ? 'numeric' : 'decimal'}
      autoComplete="off"
      maxLength={16}
      error={costOf(line, format.parseMoney) === 'bad'}
      data-testid="goods-cost"
    />
  );
}

/** What a person wants to know beside the number, and what looks wrong about it. */
function GoodsNote({ kind, line, sent }: Pick<GoodsRowProps, 'kind' | 'line' | 'sent'>) {
  const { t } = useTranslation();
  const { stock } = useDevice();
  const format = useFormat();
  const { product } = line;
  const amount = line.amount ?? 0;
  const quantity = (units: number) => format.quantity(units, product.unitScale);
  const onHand = stock.onHand(product.id);
  if (sent !== null) return <TransferNote amount={amount} sent={sent} quantity={quantity} />;
  if ((kind === 'waste' || kind === 'transfer-out') && amount > onHand)
    return <Note warn text={t('moves.form.moreThanHere', { quantity: quantity(onHand) })} />;
  const difference = amount - onHand;
  const sign = difference > 0 ? '+' : '';
  if (kind === 'adjust')
    return (
      <Note
        text={`${t('moves.form.onHand', { quantity: quantity(onHand) })} · ${t('goods.move.difference')}: ${sign}${quantity(difference)}`}
      />
    );
  return (
    <>
      <Note text={t('moves.form.onHand', { quantity: quantity(onHand) })} />
      {kind === 'receive' && <MarginNote line={line} />}
    </>
  );
}

function TransferNote(props: { amount: number; sent: number; quantity: (units: number) => string }) {
  const { t } = useTranslation();
  const { amount, sent, quantity } = props;
  const text = t('moves.form.sent', { quantity: quantity(sent) });
  if (amount === sent) return <Note text={text} />;
  const difference = t(amount < sent ? 'moves.form.short' : 'moves.form.over', {
    quantity: quantity(Math.abs(sent - amount)),
  });
  return <Note warn text={`${text} · ${difference}`} />;
}

function MarginNote({ line }: { line: GoodsLine }) {
  const { t } = useTranslation();
  const format = useFormat();
  const rules = useLive(useDevice().company.rules);
  const cost = costOf(line, format.parseMoney);
  const net = netPrice(line.product, rules);
  const last = useLastCost(line.product.id);
  const margin = marginOf(net, cost);
  if (margin === null)
    return last === null ? null : <Note text={t('moves.form.lastCost', { cost: format.money(last) })} />;
  if (margin.isBelowCost) {
    const figures = { cost: format.money(cost as Money), price: format.money(net) };
    return <Note warn text={t('moves.form.belowCost', figures)} testId="below-cost" />;
  }
  if (margin.basisPoints === null) return null;
  return <Note text={t('moves.form.margin', { margin: formatPercent(margin.basisPoints, format.language) })} />;
}

/** What one cost at the last receipt that said so; null where none here did. */
function useLastCost(product: ProductId): Money | null {
  const { movements } = useDevice();
  const version = useLive(movements.version);
  const costs = useLoaded(() => movements.costs(product), `${version} ${product}`);
  return (costs?.find(({ unitCost }) => unitCost !== null)?.unitCost ?? null) as Money | null;
}

function Note({ text, warn = false, testId }: { text: string; warn?: boolean; testId?: string }) {
  return (
    <span className={`${warn ? styles.warn : styles.soft} num`} data-testid={testId}>
      {text}
    </span>
  );
}
