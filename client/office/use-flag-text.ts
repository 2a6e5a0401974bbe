import { useTranslation } from 'react-i18next';
import type { EntryFlag } from '../../schema/entry/flag.ts';
import type { Money } from '../../schema/money.ts';
import { useFormat } from '../app/use-format.ts';

/** The flag that carries an amount of money behind its name. */
const OVER = /^over-refunded:(\d+)$/;
type Worded = Exclude<EntryFlag, `over-refunded:${string}`> | 'quarantined' | 'gap';

const FLAGS: Readonly<Record<Worded, true>> = {
  'unknown-product': true,
  'odd-clock': true,
  'line-total': true,
  'sale-total': true,
  payments: true,
  'cart-sold-twice': true,
  overflow: true,
  rounding: true,
  'card-number': true,
  'credit-without-customer': true,
  'unknown-payment': true,
  'confirmed-twice': true,
  'corrected-twice': true,
  promotion: true,
  'old-price': true,
  'wrong-price': true,
  'z-figures': true,
  'z-number': true,
  'no-approval': true,
  'transfer-branch': true,
  'transfer-again': true,
  'transfer-more': true,
  'transfer-unknown': true,
  'beyond-share': true,
  'share-not-given': true,
  unsigned: true,
  returned: true,
  late: true,
  forked: true,
  revoked: true,
  quarantined: true,
  gap: true,
};

/** What looks wrong about an entry, in words; a flag of a newer server is shown as such. */
export function useFlagText(): (flag: string) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (flag) => {
    const over = OVER.exec(flag)?.[1];
    if (over !== undefined) return t('office.flag.over-refunded', { amount: format.money(Number(over) as Money) });
    return isFlag(flag) ? t(`office.flag.${flag}`) : `${t('office.flag.other')}: ${flag}`;
  };
}

function isFlag(flag: string): flag is Worded {
  return Object.hasOwn(FLAGS, flag);
}
