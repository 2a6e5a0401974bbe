import { UnstyledButton } from '@mantine/core';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Money } from '../../schema/money.ts';
import type { CartLine } from '../../schema/receipt.ts';
import { useCart } from '../app/contexts.ts';
import { isKey } from '../app/keys.ts';
import { useFormat } from '../app/use-format.ts';
import { QuantityStepper } from '../ui/quantity-stepper.tsx';
import styles from './cart-line-row.module.css';
import { useLineTexts } from './use-line-texts.ts';

interface CartLineRowProps {
  readonly line: CartLine;
  readonly index: number;
  readonly total: Money | undefined;
  readonly onEdit: () => void;
  readonly onRemove: () => void;
}

/** One line: what it is, how many, what it costs. Its name opens weight, discount and removal. */
export function CartLineRow({ line, index, total, onEdit, onRemove }: CartLineRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const texts = useLineTexts()(line);
  const cart = useCart();
  const weighed = line.unitScale !== 1;
  const step = (by: number) => cart.change({ type: 'quantity', index, quantity: line.quantity + by });
  const less = () => (line.quantity <= 1 || weighed ? onRemove() : step(-1));
  const price = format.money(line.unitPrice);
  return (
    <li className={styles.row} data-testid="cart-line">
      <UnstyledButton
        className={styles.what}
        onClick={onEdit}
        onKeyDown={(event) => pressLine(event, { less, more: () => step(1), remove: onRemove })}
        data-cart-line={index}
      >
        <span className={styles.name}>{line.name}</span>
        <span className={`${styles.detail} num`}>
          {t(weighed ? 'till.cart.perUnit' : 'till.cart.each', { price })}
          {texts.map(({ key, text }) => (
            <span key={key} className={styles[key]} data-testid={`line-${key}`}>
              {text}
            </span>
          ))}
        </span>
        <span className="visually-hidden">{t('till.cart.edit', { name: line.name })}</span>
      </UnstyledButton>
      <span className={`${styles.total} num`}>{total === undefined ? '' : format.money(total)}</span>
      {weighed ? (
        <UnstyledButton className={`${styles.weight} num`} onClick={onEdit}>
          {format.quantity(line.quantity, line.unitScale)}
        </UnstyledButton>
      ) : (
        <QuantityStepper
          value={format.count(line.quantity)}
          last={line.quantity === 1}
          less={t(line.quantity === 1 ? 'till.cart.remove' : 'till.cart.less', { name: line.name })}
          more={t('till.cart.more', { name: line.name })}
          onLess={less}
          onMore={() => step(1)}
        />
      )}
    </li>
  );
}

interface LineActs {
  readonly less: () => void;
  readonly more: () => void;
  readonly remove: () => void;
}

const LINE_ACTS = ['more', 'less', 'remove'] as const;

/** + and − count, Delete takes out, the arrows go to the lines above and below. */
function pressLine(event: KeyboardEvent<HTMLElement>, acts: LineActs): void {
  const act = LINE_ACTS.find((one) => isKey(one, event));
  const row = event.currentTarget.closest('li');
  const below = isKey('lineBelow', event) && row?.nextElementSibling;
  const beside = below || (isKey('lineAbove', event) && row?.previousElementSibling) || null;
  if (!act && !beside) return;
  event.preventDefault();
  if (act) acts[act]();
  beside?.querySelector<HTMLElement>('[data-cart-line]')?.focus();
}
