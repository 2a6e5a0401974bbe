/** A screen of the office, or something that a manager does on one, and what shows when it can be used. */
export interface ScreenAct {
  readonly name: string;
  /** Opens a screen; without it the act is done on the one that is open. */
  readonly page?: string;
  /** Pressed by its selector, one after the other, each when it is there. */
  readonly press?: readonly string[];
  /** Chosen in a select element. */
  readonly choose?: readonly [selector: string, value: string];
  readonly ready: string;
  /** Scrolled to its end and back, where it is long. */
  readonly scrolls?: boolean;
}

const heading = 'main h1';
const row = (testId: string) => `[data-testid="${testId}"]`;
const report = (by: string) => `${row('report-table')}[data-by="${by}"] tbody tr`;
const tab = (by: string) => `${row('report-by')} input[value="${by}"]`;

/** Every office screen, in the order of its rail. */
export const SCREENS: readonly ScreenAct[] = [
  { name: 'stock', page: 'stock', ready: row('stock-row'), scrolls: true },
  { name: 'movements', page: 'movements', ready: heading },
  { name: 'sales', page: 'sales', ready: row('sale-row'), scrolls: true },
  { name: 'reports', page: 'reports', ready: heading },
  { name: 'exceptions', page: 'exceptions', ready: heading },
  { name: 'limits', page: 'limits', ready: heading },
  { name: 'products', page: 'products', ready: row('product-row'), scrolls: true },
  ...['orders', 'customers', 'promotions', 'settings', 'paying', 'conflicts', 'people', 'audit'].map(onlyHead),
  ...['devices', 'integrations', 'returned'].map(onlyHead),
];

/** What takes most of what the device holds. */
export const ACTS: readonly ScreenAct[] = [
  { name: 'why a stock is what it is', page: 'stock', press: [row('stock-row')], ready: row('history-open') },
  {
    name: 'a product over time',
    press: [row('history-open')],
    ready: `${row('product-history')} svg[preserveAspectRatio]`,
  },
  { name: 'a sale', page: 'sales', press: [row('sale-row')], ready: row('receipt-number') },
  { name: 'a week by day', page: 'reports', choose: ['select', 'week'], ready: report('day') },
  { name: 'a week by product', press: [tab('product')], ready: report('product') },
  { name: 'a week by till', press: [tab('till')], ready: report('till') },
];

function onlyHead(page: string): ScreenAct {
  return { name: page, page, ready: heading };
}
