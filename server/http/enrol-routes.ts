import { type RequestHandler, Router } from 'express';
import { enrolCodeRequestShape, enrolRequestShape } from '../../schema/protocol/enrol.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { enrolDevice } from '../core/enrol.ts';
import { createCode } from '../core/enrol-code.ts';
import { jsonBody, strangersJsonBody } from './body.ts';
import { type DeviceHandler, forDevice, onlyDevices } from './device-door.ts';
import { sendError } from './errors.ts';
import { createTryCounter } from './try-counter.ts';

/** `/enrol/v1`: a code becomes a device. */
export function createEnrolRoutes(core: Core): Router {
  const tries = createTryCounter(core.deps.now);
  const enrol: RequestHandler = async (req, res) => {
    const address = req.ip ?? '';
    const waitMs = tries.waitMs(address);
    if (waitMs > 0) {
      res.set('retry-after', String(Math.ceil(waitMs / 1000)));
      return sendError(req, res, 'too-many');
    }
    const request = enrolRequestShape.safeParse(req.body);
    if (!request.success) return sendError(req, res, 'bad-request');
    const answer = await enrolDevice(core, request.data);
    if (answer.ok) return void res.status(201).json(answer.value);
    if (answer.error === 'code-wrong') tries.countWrong(address);
    sendError(req, res, answer.error);
  };
  const router = Router();
  router.post('/', strangersJsonBody(), enrol);
  router.all('/', (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
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
  router.post('/', onlyDevices(core), jsonBody(), forDevice(core, handle));
  router.all('/', (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
}
