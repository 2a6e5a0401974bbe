import type { AlikeDocs, LogChange, StoredDoc } from './log-record.ts';
import { type OwnDoc, ownFields, rxFields } from './stored-docs.ts';

/** Lays documents that share what RxDB keeps beside their fields together. */
export function asAlike(docs: readonly StoredDoc[]): Pick<LogChange, 'docs' | 'alike'> {
  const groups = Map.groupBy(docs, ({ _meta, _deleted }) => (_deleted ? null : _meta));
  const [few, many] = [[] as StoredDoc[], [] as AlikeDocs[]];
  for (const [meta, group] of groups) {
    const [first] = group;
    const isAlike = first && meta !== null && group.every(({ _rev }) => _rev === first._rev);
    if (!isAlike || group.length < 2) few.push(...group);
    else many.push({ fields: rxFields(first), docs: group.map((doc) => ownFields<OwnDoc>(doc)) });
  }
  return { docs: few, alike: many };
}
