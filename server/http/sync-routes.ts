import { type Request, type Response, Router } from 'express';
import type { z } from 'zod';
import { PUSH_ROWS_MAX } from '../../schema/limits.ts';
import { DIGESTED_COLLECTIONS, digestRequestShape } from '../../schema/protocol/digest.ts';
import { draftsPushShape, editsPushShape, journalPushShape } from '../../schema/protocol/push.ts';
import { statusRequestShape } from '../../schema/protocol/status.ts';
import { mayDevice, PULLED_COLLECTIONS } from '../../schema/roles.ts';
import { parseCheckpoint } from '../core/checkpoint.ts';
import type { Core } from '../core/core.ts';
import { readDigest } from '../core/digest.ts';
import { pushDrafts } from '../core/push-drafts.ts';
import { pushEdits } from '../core/push-edits.ts';
import { pushJournal } from '../core/push-journal.ts';
import { receivePush } from '../core/receive-push.ts';
import { readStatus } from '../core/status.ts';
import type { Examiner } from '../examine/examiner.ts';
import type { StoredDevice } from '../store/store.ts';
import { createPullAnswers } from './answer-pull.ts';
import { answerPush } from './answer-push.ts';
import { jsonBody, smallJsonBody } from './body.ts';
import { onlyWhole } from './damage-door.ts';
import { type DeviceHandler, type DoorOptions, forDevice, onlyDevices } from './device-door.ts';
import { sendError } from './errors.ts';
import { journalBody, pushReadBeside } from './journal-body.ts';
import { createNewestAnswers, type NewestAnswers } from './newest-answers.ts';
import { protocolOf } from './protocol-of.ts';
import { createPushGate, type PushGate } from './push-gate.ts';

/** Told of every request of a device, so that others see when it was last heard from. */
export type Heard = (device: StoredDevice) => void;

/** `/sync/v1`: pull, push and status over HTTP. */
export function createSyncRoutes(
  core: Core,
  heard: Heard,
  gate: PushGate = createPushGate(core.deps),
  pages: NewestAnswers = createNewestAnswers(),
  examiner?: Examiner,
): Router {
  const router = Router();
  const door = (handle: DeviceHandler, options: DoorOptions = {}) =>
    forDevice(
      core,
      async (device, req, res) => {
        heard(device);
        await handle(device, req, res);
      },
      options,
    );
  const answerPull = createPullAnswers(core);
  const refuseMethod = (req: Request, res: Response) => sendError(req, res, 'method-not-allowed');
  router.get(
    '/:collection/pull',
    door((device, req, res) => {
      pages.begin(device.deviceId, res);
      return answerPull(device, req, res);
    }),
  );
  const drain = { revokedToo: true };
  const read = [gate.before, jsonBody(), gate.after].flat();
  const readJournal = [gate.before, journalBody(examiner), gate.after].flat();
  router.post(
    '/journal/push',
    onlyWhole(core),
    onlyDevices(core, drain),
    readJournal,
    door(journalHandler(core), drain),
  );
  router.post('/edits/push', onlyWhole(core), onlyDevices(core), read, door(editsHandler(core)));
  router.post('/drafts/push', onlyWhole(core), onlyDevices(core), read, door(draftsHandler(core)));
  router.post('/status', onlyDevices(core), smallJsonBody(), door(statusHandler(core)));
  router.post('/:collection/digest', onlyDevices(core), read, door(digestHandler(core)));
  router.all(['/:collection/pull', '/:collection/digest', '/status'], refuseMethod);
  router.all('/:collection/push', (req, res) => {
    const isKnown = ['journal', 'edits', ...PULLED_COLLECTIONS].includes(String(req.params.collection));
    sendError(req, res, isKnown ? 'method-not-allowed' : 'not-found');
  });
  return router;
}

function journalHandler(core: Core): DeviceHandler {
  return async (device, req, res) => {
    const read = pushReadBeside(res);
    if (read) return answerPush(req, res, read, await receivePush(core, device, read, protocolOf(req)));
    const rows = readRows(req, res, 'entries', journalPushShape);
    if (rows) res.json(await pushJournal(core, device, rows, protocolOf(req)));
  };
}

function editsHandler(core: Core): DeviceHandler {
  return async (device, req, res) => {
    const rows = readRows(req, res, 'edits', editsPushShape);
    if (rows) res.json(await pushEdits(core, device, rows.edits, parseCheckpoint(req.query.checkpoint)));
  };
}

function draftsHandler(core: Core): DeviceHandler {
  return async (device, req, res) => {
    const rows = readRows(req, res, 'changes', draftsPushShape);
    if (rows) res.json(await pushDrafts(core, device, rows.changes));
  };
}

function statusHandler(core: Core): DeviceHandler {
  return async (device, req, res) => {
    const request = statusRequestShape.safeParse(req.body);
    if (!request.success) return sendError(req, res, 'bad-request');
    res.json(await readStatus(core, device, request.data, protocolOf(req)));
  };
}

function digestHandler(core: Core): DeviceHandler {
  return async (device, req, res) => {
    const collection = DIGESTED_COLLECTIONS.find((name) => name === req.params.collection);
    if (!collection) return sendError(req, res, 'not-found');
    if (!mayDevice(device.role, 'pull', collection)) return sendError(req, res, 'not-allowed');
    const request = digestRequestShape.safeParse(req.body);
    if (!request.success) return sendError(req, res, 'bad-request');
    res.json(await readDigest(core, device, collection, request.data, protocolOf(req)));
  };
}

/** The rows of a push; answers itself, and gives undefined, where there are none or too many. */
function readRows<Shape extends z.ZodType>(
  req: Request,
  res: Response,
  field: string,
  shape: Shape,
): z.infer<Shape> | undefined {
  const rows = (req.body as Record<string, unknown> | null | undefined)?.[field];
  const parsed = shape.safeParse(req.body);
  if (parsed.success) return parsed.data;
  sendError(req, res, Array.isArray(rows) && rows.length > PUSH_ROWS_MAX ? 'too-large' : 'bad-request');
  return undefined;
}
