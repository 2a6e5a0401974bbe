import { useTranslation } from 'react-i18next';
import { tillCodeShape } from '../../schema/ids.ts';
import { readProductKey } from '../../schema/report/product-key.ts';
import type { ReportBy } from '../../schema/report/report.ts';
import { NO_TAX } from '../../schema/tax.ts';
import { useDevice } from '../app/contexts.ts';
import { useLanguage } from '../app/use-format.ts';
import { useLive } from '../app/use-live.ts';
import { localeOf } from '../ui/format-money.ts';
import type { LabelOf } from './report-lines.ts';
import { useBranches } from './use-branches.ts';

/** How the keys of a report are called on this screen. */
export function useReportLabel(): (by: ReportBy) => LabelOf {
  const { t } = useTranslation();
  const language = useLanguage();
  const { catalogue, company } = useDevice();
  useLive(catalogue.version);
  const all = useLive(company.all);
  const rules = useLive(company.rules);
  const branches = useBranches();
  const day = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(localeOf(language), { timeZone: 'UTC', ...options });
    return (key: string) => format.format(Date.parse(key.length === 7 ? `${key}-01` : key));
  };
  const labels: Readonly<Record<ReportBy, LabelOf>> = {
    hour: (key) => `${key}:00`,
    day: day({ weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' }),
    month: day({ month: 'long', year: 'numeric' }),
    product: (key) => {
      const { productId } = readProductKey(key);
      return productId === undefined ? t('reports.key.open') : (catalogue.product(productId)?.name ?? productId);
    },
    category: (key) => (key === '' ? t('reports.key.noCategory') : key),
    till: (key) => {
      const found = all.find((doc) => doc.kind === 'device' && doc.device === key);
      // Another branch's tills are told by their codes: their documents are not here.
      return found?.kind === 'device'
        ? found.till
        : tillCodeShape.safeParse(key).success
          ? key
          : t('shell.unknownTill');
    },
    cashier: (key) => {
      const found = all.find((doc) => doc.kind === 'person' && doc.person === key);
      return found?.kind === 'person' ? found.name : key;
    },
    tender: (key) => t(`pay.tender.${key as 'cash'}`),
    tax: (key) =>
      key === NO_TAX.id ? t('reports.key.noTax') : (rules?.taxes.find(({ id }) => id === key)?.name ?? key),
    branch: (key) => branches.find(({ branch }) => branch === key)?.name ?? key,
    drawer: (key) => t(`reports.key.${key as 'cash-in'}`),
  };
  return (by) => labels[by];
}

/** What tells apart lines that are called alike; none where those are one to a person, as two devices of one till. */
export function useReportDetail(): (by: ReportBy) => LabelOf | undefined {
  const { catalogue } = useDevice();
  const codeOf: LabelOf = (key) => {
    const { productId } = readProductKey(key);
    const product = productId && catalogue.product(productId);
    return product?.barcodes[0] ?? product?.sku ?? productId ?? '';
  };
  const details: Partial<Readonly<Record<ReportBy, LabelOf>>> = {
    product: codeOf,
    ...{ cashier: String, tax: String, branch: String },
  };
  return (by) => details[by];
}
