import { join } from 'node:path';

/** Other people's software: what it is called in results, and the folder of its package. */
export interface Peer {
  readonly name: string;
  readonly folder: string;
  /** Documents it is given where ours gets all: one that cannot finish within its minute gets fewer, and its figures say so. */
  readonly documentsMax?: number;
}

const peerFolder = (name: string) => join(import.meta.dirname, '../../../peers', name);

/** A slow machine brings so many to PouchDB and RxDB within the minute. */
const DOCUMENTS_MAX = 30_000;
export const POUCHDB: Peer = { name: 'pouchdb', folder: peerFolder('pouchdb'), documentsMax: DOCUMENTS_MAX };
export const RXDB_SERVER: Peer = {
  name: 'rxdb-server',
  folder: peerFolder('rxdb-client'),
  documentsMax: DOCUMENTS_MAX,
};
export const AUTOMERGE: Peer = { name: 'automerge-repo', folder: peerFolder('automerge-repo'), documentsMax: 2_000 };
export const YJS: Peer = { name: 'yjs', folder: peerFolder('yjs') };
export const PEERS: readonly Peer[] = [POUCHDB, RXDB_SERVER, AUTOMERGE, YJS];

/** What one peer may take of a benchmark, in milliseconds. */
export const PEER_MS_MAX = 60_000;
/** To fill its server beforehand, which is not measured. */
export const PEER_START_MS_MAX = 150_000;

/** The share of so many documents that a peer is given. */
export function shareOf({ documentsMax = Number.POSITIVE_INFINITY }: Peer, documents: number): number {
  return Math.min(1, documentsMax / documents);
}

/** The notes of a benchmark, and what is to be said besides of peers that were given fewer documents. */
export function withScaled(
  notes: Readonly<Record<string, string>>,
  peers: readonly Peer[],
  documents: number,
): Record<string, string> {
  const few = peers.filter((peer) => shareOf(peer, documents) < 1);
  const said = few.map(({ name, documentsMax }): [string, string] => {
    const scaled = `with ${documentsMax} documents, scaled to ${documents}`;
    return [name, notes[name] === undefined ? scaled : `${notes[name]}; ${scaled}`];
  });
  return { ...notes, ...Object.fromEntries(said) };
}
