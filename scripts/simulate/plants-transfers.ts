import type { Plant, PlantedEdit } from './plant.ts';

const edit = (file: string, find: string, replace: string): PlantedEdit => ({ file, find, replace });

/** Planted bugs of what one branch is told of another. */
export const TRANSFER_PLANTS: readonly Plant[] = [
  {
    name: 'transfer-told-twice',
    rule: 'TRF1',
    what: 'the other branch is told of each transfer by two entries',
    edits: [
      edit(
        'server/core/tell-branches.ts',
        'await writeServerEntry(work, told.kind, told.body);',
        'for (const kind of [told.kind, told.kind]) await writeServerEntry(work, kind, told.body);',
      ),
    ],
  },
  {
    name: 'arrival-not-told',
    rule: 'TRF2',
    what: 'what arrived is told to nobody',
    edits: [
      edit(
        'server/core/tell-branches.ts',
        'if (!told) return;',
        "if (!told || told.kind === 'transfer-arrived') return;",
      ),
    ],
  },
  {
    name: 'second-delivery-flagged',
    rule: 'TRF5',
    what: 'goods that come in two deliveries are flagged as entered twice',
    edits: [edit('schema/stock/transfer-flag.ts', " && (event.what === 'sent' || isMore)", '')],
  },
  {
    name: 'transfer-stays-unknown',
    rule: 'TRF5',
    what: 'what arrived before it was heard of stays flagged as sent by nobody',
    edits: [
      edit(
        'server/core/transfer-flags.ts',
        'stored.flags.filter((flag) => !TRANSFER_FLAGS.has(flag))',
        "stored.flags.filter((flag) => flag === 'transfer-unknown' || !TRANSFER_FLAGS.has(flag))",
      ),
    ],
  },
];
