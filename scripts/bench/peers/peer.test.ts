import { expect, test } from 'vitest';
import { PEERS, POUCHDB, shareOf, withScaled, YJS } from './peer.ts';

test('a peer that cannot finish with all documents gets a share of them, and the notes say so', () => {
  expect([shareOf(POUCHDB, 100_000), shareOf(POUCHDB, 20_000), shareOf(YJS, 100_000)]).toEqual([0.3, 1, 1]);
  const notes = { pouchdb: 'in IndexedDB' };
  expect(withScaled(notes, PEERS, 100_000)).toEqual({
    pouchdb: 'in IndexedDB; with 30000 documents, scaled to 100000',
    'rxdb-server': 'with 30000 documents, scaled to 100000',
    'automerge-repo': 'with 2000 documents, scaled to 100000',
  });
  expect(withScaled(notes, PEERS, 1_000)).toEqual(notes);
});
