import type { Doc } from '@automerge/automerge/slim';
import { type DraftChunk, sameHeads } from '../../schema/draft.ts';
import type { DeviceId, Hash } from '../../schema/ids.ts';
import { fromBase64, toBase64 } from './base64.ts';
import { type AutomergeApi, actorOf, type ReadChange, readChunk, SEED } from './draft-chunk.ts';
import { type DraftContent, type DraftOp, type DraftView, EMPTY_CONTENT } from './draft-content.ts';
import { applyOps, type DraftDocument, readDocument } from './draft-document.ts';

/** What there is of a draft. */
export interface DraftParts {
  readonly id: string;
  readonly served: readonly DraftChunk[];
  /** What was served in an earlier history of the server: known, but nothing says that the server holds it. */
  readonly former: readonly DraftChunk[];
  readonly own: readonly { readonly bytes: string }[];
}

/** A change as it travels. */
export interface MadeChange {
  readonly baseHeads: Hash[];
  readonly heads: Hash[];
  readonly bytes: string;
}

/** Reads and changes drafts. Everything that Automerge does happens here: in a worker of the browser, in place elsewhere. */
export interface DraftEngine {
  read(parts: DraftParts): DraftView;
  /** Null when nothing is to be done. The draft was read before. */
  change(id: string, ops: readonly DraftOp[], by: string): MadeChange | null;
  /** All of a draft in one document. */
  whole(id: string): Pick<MadeChange, 'heads' | 'bytes'>;
  forget(id: string): void;
}

interface Held {
  doc: Doc<DraftDocument>;
  content: DraftContent;
  /** Every change taken in. */
  readonly changes: Map<Hash, Uint8Array>;
  /** What each chunk holds; null for one that was set aside. */
  chunks: Map<string, readonly Hash[] | null>;
}

export interface DraftEngineDeps {
  readonly device: DeviceId;
  /** Tells this opening of the device from every other, so that a copied device never writes in the same name. Eight hexadecimal characters. */
  readonly session: string;
}

export function createDraftEngine(automerge: AutomergeApi, { device, session }: DraftEngineDeps): DraftEngine {
  const drafts = new Map<string, Held>();
  const seedBytes = fromBase64(SEED);
  const seed = automerge.decodeChange(seedBytes).hash as Hash;
  const begin = (changes: Iterable<Uint8Array>): Doc<DraftDocument> =>
    automerge.applyChanges(automerge.init<DraftDocument>({ actor: actorOf(device) + session }), [...changes])[0];
  const held = (id: string): Held => {
    const known = drafts.get(id);
    if (known) return known;
    const changes = new Map([[seed, seedBytes]]);
    const draft: Held = { doc: begin(changes.values()), content: EMPTY_CONTENT, changes, chunks: new Map() };
    drafts.set(id, draft);
    return draft;
  };
  /** Takes a chunk's changes in, all or none of them. Null, and nothing changed, where it cannot be read or makes what no draft may be. */
  const take = (draft: Held, chunk: DraftChunk): readonly Hash[] | null => {
    try {
      const changes = readChunk(automerge, chunk);
      const fresh = changes.filter(({ hash }) => !draft.changes.has(hash));
      if (fresh.length > 0) takeFresh(draft, fresh);
      return changes.map(({ hash }) => hash);
    } catch {
      return null;
    }
  };
  const takeFresh = (draft: Held, fresh: readonly ReadChange[]) => {
    const bytes = fresh.map((change) => change.bytes);
    try {
      [draft.doc] = automerge.applyChanges(draft.doc, bytes);
      draft.content = readDocument(automerge, draft.doc);
    } catch (error) {
      // The last good state, from what it was made of.
      automerge.free(draft.doc);
      draft.doc = begin(draft.changes.values());
      throw error;
    }
    for (const { hash, bytes } of fresh) draft.changes.set(hash, bytes);
  };
  return {
    read: ({ id, served, former, own }) => {
      const draft = held(id);
      const chunks: Held['chunks'] = new Map();
      const hashesOf = (chunk: DraftChunk) => {
        const name = `${chunk.by} ${chunk.bytes}`;
        const hashes = draft.chunks.has(name) ? (draft.chunks.get(name) ?? null) : take(draft, chunk);
        chunks.set(name, hashes);
        return hashes;
      };
      for (const chunk of former) hashesOf(chunk);
      const ownHashes = own.map(({ bytes }) => hashesOf({ by: device, bytes }) ?? []);
      const servedHashes = served.map(hashesOf);
      draft.chunks = chunks;
      const there = new Set([seed, ...servedHashes.flatMap((hashes) => hashes ?? [])]);
      const mine = new Set(ownHashes.flat());
      return {
        heads: (automerge.getHeads(draft.doc) as Hash[]).sort(),
        content: draft.content,
        unserved: ownHashes.flatMap((hashes, place) => (hashes.every((hash) => there.has(hash)) ? [] : [place])),
        more: [...draft.changes.keys()].some((hash) => !there.has(hash) && !mine.has(hash)),
        bad: servedHashes.flatMap((hashes, place) => (hashes === null ? [place] : [])),
      };
    },
    change: (id, ops, by) => {
      const draft = held(id);
      const baseHeads = automerge.getHeads(draft.doc) as Hash[];
      const touch = { by, stamp: String(draft.changes.size) };
      draft.doc = automerge.change(draft.doc, { time: 0 }, (doc) => applyOps(automerge, doc, ops, touch));
      const heads = automerge.getHeads(draft.doc) as Hash[];
      const [made] = heads;
      const bytes = automerge.getLastLocalChange(draft.doc);
      if (sameHeads(baseHeads, heads) || !bytes || !made) return null;
      draft.content = readDocument(automerge, draft.doc);
      draft.changes.set(made, bytes);
      return { baseHeads, heads, bytes: toBase64(bytes) };
    },
    whole: (id) => {
      const { doc } = held(id);
      return { heads: automerge.getHeads(doc) as Hash[], bytes: toBase64(automerge.save(doc)) };
    },
    forget: (id) => {
      const draft = drafts.get(id);
      drafts.delete(id);
      if (draft) automerge.free(draft.doc);
    },
  };
}
