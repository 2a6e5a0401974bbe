import { type RequestHandler, Router } from 'express';
import { enrolCodeRequestShape, enrolRequestShape, readmitRequestShape } from '../../schema/protocol/enrol.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { enrolDevice } from '../core/enrol.ts';
import { createCode } from '../core/enrol-code.ts';
import { readmitDevice } from '../core/readmit.ts';
import { smallJsonBody, strangersJsonBody } from './body.ts';
import { onlyWhole } from './damage-door.ts';
import { type DeviceHandler, forDevice, onlyDevices } from './device-door.ts';
import { sendError } from './errors.ts';
import { createTryCounter, type TryCounter } from './try-counter.ts';

/** `/enrol/v1`: a code becomes a device; a device that the server lost is known again. */
export function createEnrolRoutes(core: Core): Router {
  const tries = createTryCounter(core.deps.now);
  const enrol: RequestHandler = async (req, res) => {
    const request = enrolRequestShape.safeParse(req.body);
    if (!request.success) return sendError(req, res, 'bad-request');
    const answer = await enrolDevice(core, request.data);
    if (answer.ok) return void res.status(201).json(answer.value);
    if (answer.error === 'code-wrong') tries.countWrong(req.ip ?? '');
    sendError(req, res, answer.error);
  };
  const readmit: RequestHandler = async (req, res) => {
    const request = readmitRequestShape.safeParse(req.body);
    if (!request.success) return sendError(req, res, 'bad-request');
    const answer = await readmitDevice(core, request.data);
    if (answer.ok) return void res.json(answer.value);
    tries.countWrong(req.ip ?? '');
    sendError(req, res, answer.error);
  };
  const router = Router();
  router.post('/', onlyWhole(core), strangersJsonBody(), slowDown(tries), enrol);
  router.post('/readmit', onlyWhole(core), strangersJsonBody(), slowDown(tries), readmit);
  router.all(['/', '/readmit'], (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
}

/** Makes whoever guessed wrong too often wait. */
function slowDown(tries: TryCounter): RequestHandler {
  return (req, res, next) => {
    const waitMs = tries.waitMs(req.ip ?? '');
    if (waitMs <= 0) return next();
    res.set('retry-after', String(Math.ceil(waitMs / 1000)));
    sendError(req, res, 'too-many');
  };
}

/** `/api/v1/enrolment-codes`: those who may enrol others ask for a code. */
export function createCodeRoutes(core: Core): Router {
  const handle: DeviceHandler = async (device, req, res) => {
    if (!mayDevice(device.role, 'enrol', 'devices')) return sendError(req, res, 'not-allowed');
    const request = enrolCodeRequestShape.safeParse(req.body);
    if (!request.success) return sendError(req, res, 'bad-request');
    const code = await createCode(core, { ...request.data, branch: device.branch });
    if (code.ok) res.status(201).json(code.value);
    else sendError(req, res, code.error);
  };
  const router = Router();
  router.post('/', onlyWhole(core), onlyDevices(core), smallJsonBody(), forDevice(core, handle));
  router.all('/', (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
}
