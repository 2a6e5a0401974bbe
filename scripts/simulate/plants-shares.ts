import type { Plant, PlantedEdit } from './plant.ts';

const edit = (file: string, find: string, replace: string): PlantedEdit => ({ file, find, replace });

/** Planted bugs of limited products, at server and tills. */
export const SHARE_PLANTS: readonly Plant[] = [
  {
    name: 'held-share-is-free',
    rule: 'ALT2',
    what: 'what tills hold of a limited product is given to others once more',
    edits: [
      edit('server/core/share-holders.ts', 'sum + Math.max(0, held) + open', 'sum + Math.max(0, held - held) + open'),
    ],
  },
  {
    name: 'sell-beyond-share',
    rule: 'ALT3',
    what: 'a till sells more of a limited product than its share',
    edits: [
      edit(
        'client/device/till-shares.ts',
        'const fault = findShareFault(lines, held);',
        'const fault = findShareFault([], held);',
      ),
    ],
  },
  {
    name: 'share-taken-over-twice',
    rule: 'ALT4',
    what: 'a till takes over each allotment by two entries',
    edits: [
      edit(
        'client/device/share-keeper.ts',
        "for (const share of open) await record('allotment-received', share);",
        "for (const share of [...open, ...open]) await record('allotment-received', share);",
      ),
    ],
  },
  {
    name: 'share-returned-twice',
    rule: 'ALT5',
    what: 'a till gives back its surplus by two entries',
    edits: [
      edit(
        'client/device/share-keeper.ts',
        'if (allotment) await record(',
        "if (allotment) await record('allotment-returned', { allotment, productId: id, quantity: quantity(units) });\n    if (allotment) await record(",
      ),
    ],
  },
  {
    name: 'restore-allots-again',
    rule: 'ALT6',
    what: 'after a restore shares are given before tills have said what they hold',
    edits: [edit('server/core/share-reports.ts', 'if (epoch.n === 1) return [];', 'if (epoch.n > 0) return [];')],
  },
];
