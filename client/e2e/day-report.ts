import type { Locator } from '@playwright/test';
import type { DayFigures } from './day-figures.ts';

/** How the reports of a shift should read, row by row, from figures that the test added up itself. */

const EN = {
  ...{ sales: 'Sales', refunds: 'Refunds', discounts: 'Discounts and promotions', voids: 'Lines voided' },
  ...{ cash: 'Cash', card: 'Card', qris: 'QRIS', credit: 'Store credit', exchange: 'Exchange' },
  ...{ net: 'Taxed amount', float: 'Float', cashIn: 'Cash in', cashOut: 'Cash out' },
  ...{ untaxed: 'Untaxed', paidBack: 'Store credit paid' },
  ...{ creditPaid: 'Store credit paid in cash', expected: 'Cash expected', counted: 'Cash counted' },
  ...{ difference: 'Difference', unconfirmed: 'Not yet confirmed', perpetual: 'Running total', none: 'No category' },
};
const ID: typeof EN = {
  ...{ sales: 'Penjualan', refunds: 'Pengembalian', discounts: 'Diskon dan promo', voids: 'Baris dibatalkan' },
  ...{ cash: 'Tunai', card: 'Kartu', qris: 'QRIS', credit: 'Kasbon', exchange: 'Tukar barang' },
  ...{ net: 'Dasar pajak', float: 'Modal awal', cashIn: 'Kas masuk', cashOut: 'Kas keluar' },
  ...{ untaxed: 'Tanpa pajak', paidBack: 'Kasbon dibayar' },
  ...{ creditPaid: 'Kasbon dibayar tunai', expected: 'Kas seharusnya', counted: 'Kas dihitung' },
  ...{ difference: 'Selisih', unconfirmed: 'Belum dikonfirmasi', perpetual: 'Total berjalan', none: 'Tanpa kategori' },
};
const WORDS = { en: EN, id: ID };

interface ReportWish {
  readonly language: 'en' | 'id';
  /** What was counted; an X report counts nothing. */
  readonly counted?: number;
  /** Nothing that tells how much cash should be there. */
  readonly blind?: boolean;
}

/** The rows that a report of these figures should have, `label: whole number`. */
export function reportRows(figures: DayFigures, { language, counted, blind = false }: ReportWish): string[] {
  const say = WORDS[language];
  const row = (label: string, amount: bigint | number) => [`${label}: ${amount}`];
  const some = (label: string, amount: bigint) => (amount === 0n ? [] : row(label, amount));
  const many = (label: string, all: readonly bigint[]) =>
    all.length === 0
      ? []
      : row(
          `${label} (${all.length})`,
          all.reduce((sum, one) => sum + one, 0n),
        );
  const sorted = (sums: ReadonlyMap<string, bigint>) => [...sums].sort(([left], [right]) => (left < right ? -1 : 1));
  const tenders = sorted(figures.tenders).filter(([tender]) => !(blind && tender === 'cash'));
  const count = counted === undefined ? [] : [BigInt(counted)];
  return [
    ...row(say.sales, figures.sales),
    ...row(say.refunds, figures.refunds),
    ...some(say.discounts, figures.discounts),
    ...many(say.voids, figures.voids),
    ...tenders.flatMap(([tender, amount]) => row(say[tender as keyof typeof EN], amount)),
    ...sorted(figures.taxes).flatMap(([id, tax]) => {
      const net = figures.nets.get(id) ?? 0n;
      return id === 'none'
        ? row(say.untaxed, net)
        : [...row(figures.taxNames.get(id) ?? id, tax), ...row(say.net, net)];
    }),
    ...sorted(figures.categories).flatMap(([category, total]) => row(category || say.none, total)),
    ...some(say.float, figures.float),
    ...some(say.cashIn, figures.cashIn),
    ...some(say.cashOut, -figures.cashOut),
    ...some(say.creditPaid, figures.creditPaid),
    ...sorted(figures.paidBack).flatMap(([tender, sum]) =>
      row(`${say.paidBack}, ${say[tender as keyof typeof EN]}`, sum),
    ),
    ...(blind ? [] : row(say.expected, figures.expected)),
    ...count.flatMap((sum) => [...row(say.counted, sum), ...row(say.difference, sum - figures.expected)]),
    ...many(say.unconfirmed, figures.unconfirmed),
    ...(blind ? [] : row(say.perpetual, figures.perpetual)),
  ];
}

/** The rows of the report on the screen in the same form; the number and the time at its head are no figures. */
export async function shownRows(report: Locator): Promise<string[]> {
  const paper = report.getByRole('article');
  await paper.waitFor();
  const rows = await paper
    .locator('p:has(> span + span)')
    .evaluateAll((all) =>
      all.map((one) => [one.children[0]?.textContent ?? '', one.children[1]?.textContent ?? ''] as const),
    );
  return rows
    .filter(([label]) => !label.startsWith('No.'))
    .map(([label, amount]) => `${label}: ${wholeNumber(amount)}`);
}

/** Rupiah on a screen or paper as a whole number, whatever stands around the digits. */
export function wholeNumber(text: string): number {
  const digits = Number(text.replace(/\D/g, ''));
  return /[-−]/.test(text) ? -digits : digits;
}
