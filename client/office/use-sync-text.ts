import { useTranslation } from 'react-i18next';
import type { ShopSync } from '../../schema/company.ts';
import { useFormat } from '../app/use-format.ts';
import { clockText } from './promotion-form.ts';
import { usePromotionWords } from './use-promotion-words.ts';

type Said = { readonly [Name in keyof ShopSync]: ShopSync[Name] | null };

/** A setting's length of time to the minute, as it is typed: 90 minutes are no hour. */
export function useMinutesText(): (ms: number) => string {
  const { t } = useTranslation();
  const format = useFormat();
  return (ms) => t('manage.minutes', { formatted: format.count(Math.round(ms / MINUTE_MS)) });
}

const MINUTE_MS = 60_000;

/** The shop's settings of sync in words; what is null is as every device does it anyway. */
export function useSyncText(): (sync: Said) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const { list } = usePromotionWords();
  const minutesText = useMinutesText();
  const textOf = (name: keyof ShopSync, value: NonNullable<ShopSync[keyof ShopSync]>) => {
    if (typeof value === 'object') return `${clockText(value.from * 60)}–${clockText(value.to * 60)}`;
    return name === 'waitingMax' ? format.count(value) : minutesText(value);
  };
  return (sync) =>
    list(
      (Object.keys(sync) as (keyof ShopSync)[]).map((name) => {
        const value = sync[name] ?? null;
        return t(`manage.sync.${name}`, { value: value === null ? t('manage.audit.usual') : textOf(name, value) });
      }),
    );
}
