import type { DeviceId } from '../../schema/ids.ts';
import { isPlainProduct, isPlainStock } from '../../schema/plain-document.ts';
import type { LiveChange } from '../../schema/protocol/live.ts';
import { pulledDocumentShapes } from '../../schema/protocol/pull.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import type { Stock } from '../../schema/stock/counter.ts';
import type { StockBook } from '../store/stock-book.ts';
import type { PulledDoc } from './pulled-doc.ts';

export interface PullDoorDeps {
  readonly collection: PulledCollection;
  readonly ownDevice: DeviceId;
  readonly stockBook: StockBook;
  /** A document without its shape: told, and not let in; the others are not held back. */
  readonly onUnreadable: (document: PulledDoc, reason: string) => void;
}

/** Where pulled documents come in: each is checked, and what is written is whole. */
export interface PullDoor {
  accept(documents: readonly PulledDoc[]): PulledDoc[];
  /** Null when a change needs documents that only a pull brings. */
  acceptLive(changes: readonly LiveChange[]): PulledDoc[] | null;
}

export function createPullDoor(deps: PullDoorDeps): PullDoor {
  const accept = (documents: readonly PulledDoc[]): PulledDoc[] => {
    const readable = documents.filter((document) => isReadable(deps, document));
    if (deps.collection === 'branchJournal') return readable.filter(({ deviceId }) => deviceId !== deps.ownDevice);
    return deps.collection === 'stock' ? toDocuments(deps.stockBook.join(readable as unknown as Stock[])) : readable;
  };
  return {
    accept,
    acceptLive: (changes) => {
      const accepted: PulledDoc[] = [];
      for (const change of changes) {
        const joined = 'delta' in change ? deps.stockBook.joinDelta(change.delta) : undefined;
        if (joined === null) return null;
        accepted.push(...('document' in change ? accept([change.document]) : toDocuments(joined ? [joined] : [])));
      }
      return accepted;
    },
  };
}

/** Collections of ten thousands of documents, most of which need no closer look. */
const PLAIN: Readonly<Partial<Record<PulledCollection, (document: PulledDoc) => boolean>>> = {
  products: isPlainProduct,
  stock: isPlainStock,
};

function isReadable({ collection, onUnreadable }: PullDoorDeps, document: PulledDoc): boolean {
  if (PLAIN[collection]?.(document)) return true;
  const parsed = pulledDocumentShapes[collection].safeParse(document);
  if (parsed.success) return true;
  const issue = parsed.error.issues[0];
  onUnreadable(document, `${issue?.path.join('.')}: ${issue?.message}`);
  return false;
}

/** The book never changes a document that it gave. */
function toDocuments(stocks: readonly Stock[]): PulledDoc[] {
  return stocks as unknown as PulledDoc[];
}
