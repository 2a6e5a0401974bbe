// Yjs in the browser, in IndexedDB: a map of all products, one document, from the server into a fresh client, and read again.
import { IndexeddbPersistence } from 'y-indexeddb';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { timeEach } from '../../time-each.mjs';

/** A transaction behind those that write: when it is done, they are. */
async function untilWritten(name) {
  const opened = await new Promise((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  await new Promise((resolve) => {
    const transaction = opened.transaction('updates', 'readwrite');
    transaction.oncomplete = resolve;
    transaction.objectStore('updates').count();
  });
  opened.close();
}

window.laciPeer = {
  sync: async () => {
    const begun = performance.now();
    const doc = new Y.Doc();
    const disk = new IndexeddbPersistence('peer', doc);
    await disk.whenSynced;
    const provider = new WebsocketProvider(location.origin.replace(/^http/, 'ws'), 'products', doc, {
      disableBc: true,
    });
    await new Promise((resolve) => provider.once('synced', resolve));
    await untilWritten('peer');
    const ms = performance.now() - begun;
    provider.destroy();
    await disk.destroy();
    return { ms, documents: doc.getMap('products').size };
  },
  open: async () => {
    const begun = performance.now();
    const doc = new Y.Doc();
    await new IndexeddbPersistence('peer', doc).whenSynced;
    const products = doc.getMap('products').toJSON();
    window.held = { doc, products };
    return { ms: performance.now() - begun, documents: Object.keys(products).length };
  },
  store: async (documents) => {
    const doc = new Y.Doc();
    await new IndexeddbPersistence('sales', doc).whenSynced;
    return timeEach(documents, (document) => {
      doc.getMap('sales').set(document.id, document);
      return untilWritten('sales');
    });
  },
};
