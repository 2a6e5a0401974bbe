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
];
