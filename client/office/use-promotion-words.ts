import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProductId } from '../../schema/ids.ts';
import { useDevice } from '../app/contexts.ts';
import { useFormat } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { formatDay, weekdayName } from '../ui/format-day.ts';
import { localeOf } from '../ui/format-money.ts';
import { editablePercent, formatPercent, parsePercent } from '../ui/percent.ts';
import type { FormReader } from './promotion-form.ts';
import type { SentenceWords } from './promotion-sentence.ts';

/** How this person reads and types what promotions say. */
export function usePromotionWords(): SentenceWords & FormReader {
  const { t } = useTranslation();
  const { catalogue } = useDevice();
  const format = useFormat();
  // Products come and are renamed.
  const version = useLive(catalogue.version);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version stands for the products' names.
  return useMemo(() => {
    const { language } = format;
    return {
      t,
      money: format.money,
      parseMoney: format.parseMoney,
      editable: format.editable,
      percent: (basisPoints) => formatPercent(basisPoints, language),
      parsePercent: (typed) => parsePercent(typed, language),
      editablePercent: (basisPoints) => editablePercent(basisPoints, language),
      day: (localDate) => formatDay(localDate, language),
      weekday: (day) => weekdayName(day, language),
      product: (id) => catalogue.product(id as ProductId)?.name ?? id,
      list: (parts) => new Intl.ListFormat(localeOf(language)).format(parts),
    };
  }, [t, format, catalogue, version]);
}
