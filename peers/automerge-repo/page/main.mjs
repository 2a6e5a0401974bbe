// automerge-repo in the browser, in IndexedDB: the products, each a document of its own, from the sync server into a fresh
// repo, and read again.
import { automergeWasmBase64 } from '@automerge/automerge/automerge.wasm.base64';
import { initializeBase64Wasm, Repo } from '@automerge/automerge-repo/slim';
import { WebSocketClientAdapter } from '@automerge/automerge-repo-network-websocket';
import { IndexedDBStorageAdapter } from '@automerge/automerge-repo-storage-indexeddb';
import { timeEach } from '../../time-each.mjs';

const address = location.origin.replace(/^http/, 'ws');
const openRepo = (network) => new Repo({ network, storage: new IndexedDBStorageAdapter('peer') });
/** A document that has not come yet may count as unavailable meanwhile. */
const find = async (repo, url) => {
  const handle = await repo.find(url, { allowableStates: ['ready', 'unavailable'] });
  await handle.whenReady();
  return handle;
};
const findAll = (repo, urls) => Promise.all(urls.map((url) => find(repo, url)));
/** Asked before the server is there, each document would be unavailable. */
const untilConnected = (repo) =>
  repo.peers.length > 0 ? Promise.resolve() : new Promise((resolve) => repo.networkSubsystem.once('peer', resolve));

window.laciPeer = {
  sync: async ({ urls }) => {
    await initializeBase64Wasm(automergeWasmBase64);
    const begun = performance.now();
    const repo = openRepo([new WebSocketClientAdapter(address)]);
    await untilConnected(repo);
    const handles = await findAll(repo, urls);
    await repo.flush();
    const ms = performance.now() - begun;
    const documents = handles.filter((handle) => handle.doc()?.name !== undefined).length;
    return { ms, documents };
  },
  open: async ({ urls }) => {
    await initializeBase64Wasm(automergeWasmBase64);
    const begun = performance.now();
    const handles = await findAll(openRepo([]), urls);
    window.held = handles;
    return { ms: performance.now() - begun, documents: handles.filter((handle) => handle.doc()?.name).length };
  },
  store: async (documents) => {
    await initializeBase64Wasm(automergeWasmBase64);
    const repo = openRepo([]);
    const handle = repo.create({ sales: {} });
    return timeEach(documents, (document) => {
      handle.change((doc) => {
        doc.sales[document.id] = document;
      });
      return repo.flush();
    });
  },
};
