import type { Plant, PlantedEdit } from './plant.ts';

const edit = (file: string, find: string, replace: string): PlantedEdit => ({ file, find, replace });

/** Planted bugs of orders to suppliers. */
export const ORDER_PLANTS: readonly Plant[] = [
  {
    name: 'order-amount-overwritten',
    rule: 'ORD1',
    what: 'of two who put more on one line while apart, the amount of one stands there',
    edits: [
      edit(
        'client/drafts/draft-document.ts',
        'row.amount.increment(wish.by);',
        'row.amount = new automerge.Counter(Number(row.amount) + wish.by);',
      ),
    ],
  },
  {
    name: 'last-delivery-alone',
    rule: 'ORD2',
    what: 'of several deliveries for one order the last alone is counted',
    edits: [
      edit(
        'client/device/create-orders.ts',
        'deliveries.flatMap((delivery) => delivery.lines)',
        'deliveries.slice(-1).flatMap((delivery) => delivery.lines)',
      ),
    ],
  },
];
