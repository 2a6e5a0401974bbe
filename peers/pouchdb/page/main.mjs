// PouchDB in the browser, in IndexedDB as it comes: all products from the server into a fresh database, and read again.
import PouchHttp from 'pouchdb-adapter-http';
import PouchIdb from 'pouchdb-adapter-idb';
import PouchDb from 'pouchdb-core';
import PouchReplication from 'pouchdb-replication';
import { timeEach } from '../../time-each.mjs';

const Pouch = PouchDb.plugin(PouchIdb).plugin(PouchHttp).plugin(PouchReplication);

window.laciPeer = {
  sync: async () => {
    const begun = performance.now();
    const local = new Pouch('products', { adapter: 'idb' });
    await local.replicate.from(`${location.origin}/products`, { batch_size: 500 });
    const ms = performance.now() - begun;
    const { doc_count: documents } = await local.info();
    await local.close();
    return { ms, documents };
  },
  open: async () => {
    const begun = performance.now();
    const local = new Pouch('products', { adapter: 'idb' });
    const { rows } = await local.allDocs({ include_docs: true });
    window.held = rows;
    return { ms: performance.now() - begun, documents: rows.length };
  },
  store: (documents) => {
    const local = new Pouch('sales', { adapter: 'idb' });
    return timeEach(documents, ({ id, ...rest }) => local.put({ _id: id, ...rest }));
  },
};
