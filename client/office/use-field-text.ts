import { useTranslation } from 'react-i18next';
import type { ApiRight } from '../../schema/api/integration.ts';
import type { WebhookEvent } from '../../schema/api/webhook.ts';
import type { TaxDoc } from '../../schema/company.ts';
import type { FieldConflict } from '../../schema/edit.ts';
import type { Currency, Money } from '../../schema/money.ts';
import { type PromotionRule, promotionRuleShape } from '../../schema/promotion.ts';
import { readStaticQris } from '../../schema/qris.ts';
import { personActionShape, personRoleShape } from '../../schema/roles.ts';
import type { ScaleRule } from '../../schema/scale-barcode.ts';
import { type Tax, taxShape } from '../../schema/tax.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { EVENT_KEYS } from './event-key.ts';
import { clockText } from './promotion-form.ts';
import { ruleText } from './promotion-sentence.ts';
import { basisPointsOf } from './tax-form.ts';
import { useBranches } from './use-branches.ts';
import { usePromotionWords } from './use-promotion-words.ts';
import { useMinutesText, useSyncText } from './use-sync-text.ts';

/** Fields and values of a product or a document of the company, as people call them. */
export interface FieldText {
  name(field: string): string;
  value(field: string, raw: unknown): string;
  pair(field: string, raw: unknown): string;
  conflict(conflict: FieldConflict): string;
}

export function useFieldText(): FieldText {
  const { t } = useTranslation();
  const value = useValueText();
  const name = (field: string) => {
    if (isProductField(field)) return t(`office.products.field.${field}`);
    return isCompanyField(field) ? t(`manage.field.${field}`) : t('office.products.field.other');
  };
  return {
    name,
    value,
    pair: (field, raw) => `${name(field)} ${value(field, raw)}`,
    conflict: ({ field, mine, theirs }) =>
      t('office.products.conflict', { field: name(field), mine: value(field, mine), theirs: value(field, theirs) }),
  };
}

const NOTHING = '–';

function useValueText(): FieldText['value'] {
  const { t } = useTranslation();
  const format = useFormat();
  const words = usePromotionWords();
  const branches = useBranches();
  const rules = useLive(useDevice().company.rules);
  const [syncText, minutesText] = [useSyncText(), useMinutesText()];
  const branchName = (id: string) => branches.find(({ branch }) => branch === id)?.name ?? id;
  const flag = (raw: unknown) => t(raw ? 'manage.on' : 'manage.off');
  const taxText = ({ name, rate }: Tax) => `${name} ${words.percent(basisPointsOf(rate))}`;
  /** Values that say more than their text. */
  const texts: Readonly<Record<string, (raw: never) => string>> = {
    // A hash says nothing to a person.
    image: (raw) => t(raw ? 'office.products.newPicture' : 'office.products.noPicture'),
    price: (raw: Money) => format.money(raw),
    branchPrices: (raw: Readonly<Record<string, Money | null>>) =>
      words.list(
        Object.entries(raw).map(([branch, price]) => {
          const text = price === null ? t('catalogue.branchPrices.usual') : format.money(price);
          return `${branchName(branch)} ${text}`;
        }),
      ),
    creditLimit: (raw: Money) => format.money(raw),
    discountMaxBasisPoints: (raw: number) => words.percent(raw),
    lockAfterMs: (raw: number) => (raw === 0 ? t('manage.never') : minutesText(raw)),
    silentAfterMs: minutesText,
    active: flag,
    limited: flag,
    reportsOfAll: flag,
    verifyAt: ({ hour, weekday }: { hour: number; weekday?: number }) =>
      `${weekday === undefined ? t('manage.settings.everyNight') : words.weekday(weekday)} ${clockText(hour * 60)}`,
    from: (raw: string) => words.day(raw),
    to: (raw: string) => words.day(raw),
    weekdays: (raw: number[]) => words.list(raw.map(words.weekday)),
    hours: (raw: { from: number; to: number }) => `${clockText(raw.from)}–${clockText(raw.to)}`,
    rule: (raw: PromotionRule) => (promotionRuleShape.safeParse(raw).success ? ruleText(raw, words) : plainText(raw)),
    tax: (raw: Tax) => (taxShape.safeParse(raw).success ? taxText(raw) : plainText(raw)),
    rights: (raw: ApiRight[]) => words.list(raw.map((right) => t(`integrations.right_${right}`))),
    events: (raw: WebhookEvent[]) => words.list(raw.map((event) => t(EVENT_KEYS[event]))),
    currency: (raw: Currency) => raw.code,
    sync: syncText,
    next: ({ rate, from }: NonNullable<TaxDoc['next']>) =>
      t('manage.settings.taxFrom', { rate: words.percent(basisPointsOf(rate)), date: words.day(from) }),
    taxId: (raw: string) => rules?.taxes.find(({ id }) => id === raw)?.name ?? raw,
    qris: (raw: string) => {
      const read = readStaticQris(raw);
      return read.ok ? `${read.value.merchant}, ${read.value.city}` : raw;
    },
    scaleBarcodes: (raw: ScaleRule[]) =>
      words.list(raw.map(({ prefix, kind }) => `${prefix}: ${t(`manage.settings.kinds.${kind}`)}`)),
    cashRounding: ({ to }: { to: Money }) => format.money(to),
    role: (raw: string) => {
      const role = personRoleShape.safeParse(raw);
      return role.success ? t(`shell.person.role_${role.data}`) : raw;
    },
    cashierMay: (raw: string[]) =>
      words.list(
        personActionShape
          .array()
          .parse(raw)
          .map((action) => t(`people.allow.action.${action}`)),
      ),
  };
  return (field, raw) => {
    if (raw === null || raw === undefined || raw === '') return NOTHING;
    const text = Object.hasOwn(texts, field) ? texts[field] : undefined;
    try {
      return (text?.(raw as never) ?? plainText(raw)) || NOTHING;
    } catch {
      // Written by another version: what stands there is still told.
      return plainText(raw);
    }
  };
}

function plainText(raw: unknown): string {
  if (Array.isArray(raw)) return raw.map(plainText).join(' ');
  if (typeof raw !== 'object' || raw === null) return String(raw);
  return Object.entries(raw)
    .map(([name, value]) => `${name} ${plainText(value)}`)
    .join(', ');
}

const PRODUCT_FIELDS = ['name', 'price', 'branchPrices', 'barcodes', 'sku', 'image'] as const;
const COMPANY_FIELDS = [
  ...(['phone', 'group', 'creditLimit', 'active', 'from', 'to', 'weekdays', 'hours', 'rule', 'currency'] as const),
  ...(['silentAfterMs', 'cashRounding', 'receiptHeader', 'receiptFooter', 'cashierMay', 'scaleBarcodes'] as const),
  ...(['discountMaxBasisPoints', 'lockAfterMs', 'sync', 'qris', 'address', 'tax', 'next', 'role'] as const),
  ...(['category', 'unitScale', 'taxId', 'reorderLevel', 'limited', 'reportsOfAll', 'verifyAt'] as const),
  ...(['rights', 'events', 'url'] as const),
] as const;

function isProductField(field: string): field is (typeof PRODUCT_FIELDS)[number] {
  return PRODUCT_FIELDS.some((name) => name === field);
}

function isCompanyField(field: string): field is (typeof COMPANY_FIELDS)[number] {
  return COMPANY_FIELDS.some((name) => name === field);
}
