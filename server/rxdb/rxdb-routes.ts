import { type Request, type Response, Router } from 'express';
import { COLLECTION_SCHEMAS } from '../../schema/collections.ts';
import { PULL_LIMIT_MAX, PUSH_ROWS_MAX } from '../../schema/limits.ts';
import { mayDevice, PULLED_COLLECTIONS, type PulledCollection } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { parseLimit, pull } from '../core/pull.ts';
import { jsonBody } from '../http/body.ts';
import { onlyWhole } from '../http/damage-door.ts';
import { forDevice, onlyDevices } from '../http/device-door.ts';
import { sendError } from '../http/errors.ts';
import type { NewestAnswers } from '../http/newest-answers.ts';
import type { PushGate } from '../http/push-gate.ts';
import type { Heard } from '../http/sync-routes.ts';
import type { StoredDevice } from '../store/store.ts';
import { allowAnyOrigin } from './cross-origin.ts';
import { PULLED_LENGTH_MAX } from './limits.ts';
import { pushProducts } from './push-products.ts';
import { readPushRows } from './push-row.ts';
import type { Streams } from './streams.ts';
import { fromWireId } from './wire-checkpoint.ts';
import { pageText } from './wire-text.ts';

/** What the stock client takes for "this app is too old": it stops, and tells the app. */
const UPGRADE_REQUIRED = 426;

type Handler = (device: StoredDevice, collection: PulledCollection, req: Request, res: Response) => Promise<void>;

export interface RxdbParts {
  readonly heard: Heard;
  readonly streams: Streams;
  readonly gate: PushGate;
  readonly pages: NewestAnswers;
}

/**
 * `/rxdb/:collection/:schemaVersion/{pull,push,pullStream}`: the wire format of rxdb-server's replication endpoint, for
 * stock RxDB clients. Same store, same credential and same rights as `/sync`.
 */
export function createRxdbRoutes(core: Core, { heard, streams, gate, pages }: RxdbParts): Router {
  const router = Router();
  router.use(allowAnyOrigin());
  const door = (handle: Handler) =>
    forDevice(core, async (device, req, res) => {
      heard(device);
      const collection = PULLED_COLLECTIONS.find((name) => name === req.params.collection);
      if (!collection) return sendError(req, res, 'not-found');
      if (!isCurrent(collection, req)) return sendError(req, res, 'protocol-unknown', UPGRADE_REQUIRED);
      await handle(device, collection, req, res);
    });
  router.get('/:collection/:schemaVersion/pull', door(pullHandler(core, pages)));
  router.post(
    '/:collection/:schemaVersion/push',
    onlyWhole(core),
    onlyDevices(core),
    gate.before,
    jsonBody(),
    gate.after,
    door(pushHandler(core)),
  );
  router.get('/:collection/:schemaVersion/pullStream', door(streamHandler(streams)));
  router.all(
    ['pull', 'push', 'pullStream'].map((what) => `/:collection/:schemaVersion/${what}`),
    (req, res) => sendError(req, res, 'method-not-allowed'),
  );
  return router;
}

function isCurrent(collection: PulledCollection, req: Request): boolean {
  return req.params.schemaVersion === String(COLLECTION_SCHEMAS[collection].version);
}

function pullHandler(core: Core, pages: NewestAnswers): Handler {
  return async (device, collection, req, res) => {
    pages.begin(device.deviceId, res);
    if (!mayDevice(device.role, 'pull', collection)) return sendError(req, res, 'not-allowed');
    const { id, limit } = req.query;
    // RxDB takes a page shorter than it asked for as the end, so a page is never made shorter in silence.
    if (Number(limit) > PULL_LIMIT_MAX) return sendError(req, res, 'too-large');
    const request = { collection, checkpoint: fromWireId(id), limit: parseLimit(limit), lengthMax: PULLED_LENGTH_MAX };
    const page = await pull(core, device, request);
    if (page.more && page.documents.length < request.limit) return sendError(req, res, 'too-large');
    res.set('cache-control', 'no-store').type('json').send(pageText(collection, page));
  };
}

function pushHandler(core: Core): Handler {
  return async (device, collection, req, res) => {
    // 403 stops the stock client and tells its app; on 405 it would try again for ever.
    const mayPush = collection === 'products' && mayDevice(device.role, 'push', 'edits');
    if (!mayPush) return sendError(req, res, 'not-allowed');
    if (Array.isArray(req.body) && req.body.length > PUSH_ROWS_MAX) return sendError(req, res, 'too-large');
    const rows = readPushRows(req.body);
    if (!rows) return sendError(req, res, 'bad-request');
    const conflicts = await pushProducts(core, device, rows);
    res.type('json').send(`[${conflicts.join(',')}]`);
  };
}

function streamHandler(streams: Streams): Handler {
  return async (device, collection, req, res) => {
    if (!mayDevice(device.role, 'pull', collection)) return sendError(req, res, 'not-allowed');
    if (!(await streams.open(device, collection, res))) sendError(req, res, 'too-many');
  };
}
