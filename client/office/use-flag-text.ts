import { useTranslation } from 'react-i18next';
import type { EntryFlag } from '../../schema/entry/flag.ts';

const FLAGS: Readonly<Record<EntryFlag | 'quarantined', true>> = {
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
  promotion: true,
  'no-approval': true,
  unsigned: true,
  returned: true,
  late: true,
  forked: true,
  revoked: true,
  quarantined: true,
};

/** What looks wrong about an entry, in words; a flag of a newer server is shown as such. */
export function useFlagText(): (flag: string) => string {
  const { t } = useTranslation();
  return (flag) => (isFlag(flag) ? t(`office.flag.${flag}`) : `${t('office.flag.other')}: ${flag}`);
}

function isFlag(flag: string): flag is keyof typeof FLAGS {
  return Object.hasOwn(FLAGS, flag);
}
