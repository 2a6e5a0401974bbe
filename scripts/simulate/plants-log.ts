import type { Plant, PlantedEdit } from './plant.ts';

const edit = (file: string, find: string, replace: string): PlantedEdit => ({ file, find, replace });

/** Planted bugs of the log on a device's disk. */
export const LOG_PLANTS: readonly Plant[] = [
  {
    name: 'answered-before-the-disk',
    rule: 'DISK10',
    what: 'a write is answered while its record is on the way to the disk',
    edits: [
      edit(
        'client/store/log/group-commit.ts',
        'if (records.length === 0 || (await append(records))) {',
        'if (records.length === 0 || append(records).catch(() => false)) {',
      ),
    ],
  },
  {
    name: 'filled-page-cut-short',
    rule: 'DISK17',
    what: 'the record of a page of a first pull lacks its last document',
    edits: [
      edit(
        'client/store/log/fill-write.ts',
        'return [record(page),',
        'return [record({ ...page, docs: docs.slice(0, -1), answer: undefined }),',
      ),
    ],
  },
  {
    name: 'read-out-too-late',
    rule: 'DISK20',
    what: 'a collection that is read out when it is first asked for finds what was left after handing it over',
    edits: [
      edit(
        'client/store/log/open-log.ts',
        'return whenAsked(() => held().docs);',
        'return whenAsked(() => replayed(collection).docs);',
      ),
    ],
  },
  {
    name: 'unread-product-as-it-was',
    rule: 'DISK25',
    what: 'a product that is read by itself is what its page says, whatever was written since',
    edits: [
      edit(
        'client/store/lazy-products.ts',
        'get: (id) => (over.get(id) ?? find(id))?.product',
        'get: (id) => find(id)?.product',
      ),
    ],
  },
  {
    name: 'unread-count-as-it-was',
    rule: 'CAT13',
    what: 'a product that is sold no more counts as its page says until all are read',
    edits: [edit('client/store/lazy-products.ts', 'if (active) add(category, -1);', 'if (!active) add(category, -1);')],
  },
  {
    name: 'index-in-another-place',
    rule: 'DISK25',
    what: 'a page with its new index is put in the place of the record behind it',
    edits: [edit('client/store/index-pages.ts', 'amend: new Map([[note.n,', 'amend: new Map([[note.n + 1,')],
  },
  {
    name: 'rewrite-drops-the-newest',
    rule: 'DISK15',
    what: 'a log that is rewritten loses what was written to it last',
    edits: [
      edit('client/store/log/tidy-log.ts', 'return [...docs.values()];', 'return [...docs.values()].slice(0, -1);'),
    ],
  },
];
