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
    name: 'transfer-forgotten-at-a-stop',
    rule: 'TRF1',
    what: 'what a server that stopped had not told another branch yet is told by nobody',
    edits: [edit('server/core/open-core.ts', '  await tellBranches(core);', '  void tellBranches;')],
  },
];
