import { join } from 'node:path';

/** Other people's software: what it is called in results, and the folder of its package. */
export interface Peer {
  readonly name: string;
  readonly folder: string;
  /** Documents it is given where ours gets all: one that cannot finish within its minute gets fewer, and its figures say so. */
  readonly documentsMax?: number;
}

const peerFolder = (name: string) => join(import.meta.dirname, '../../../peers', name);

export const POUCHDB: Peer = { name: 'pouchdb', folder: peerFolder('pouchdb') };
export const RXDB_SERVER: Peer = { name: 'rxdb-server', folder: peerFolder('rxdb-client') };
export const AUTOMERGE: Peer = { name: 'automerge-repo', folder: peerFolder('automerge-repo'), documentsMax: 2_000 };
export const YJS: Peer = { name: 'yjs', folder: peerFolder('yjs') };
export const PEERS: readonly Peer[] = [POUCHDB, RXDB_SERVER, AUTOMERGE, YJS];

/** What one peer may take of a benchmark, in milliseconds. */
export const PEER_MS_MAX = 60_000;
/** To fill its server beforehand, which is not measured. */
export const PEER_START_MS_MAX = 150_000;
