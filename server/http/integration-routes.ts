import { Router } from 'express';
import type { z } from 'zod';
import { integrationIdShape, newIntegrationShape, type Proven, provenShape } from '../../schema/api/integration.ts';
import type { ErrorCode } from '../../schema/protocol/error.ts';
import type { Result } from '../../schema/result.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { CallLog } from '../api/call-log.ts';
import type { Core } from '../core/core.ts';
import { createIntegration, readIntegrations, revokeIntegration } from '../core/integrations.ts';
import type { StoredDevice } from '../store/store.ts';
import { smallJsonBody } from './body.ts';
import { onlyWhole } from './damage-door.ts';
import { type DeviceHandler, forDevice, onlyDevices } from './device-door.ts';
import { sendError } from './errors.ts';
import { createTryCounter, type TryCounter } from './try-counter.ts';

/** `/api/v1/integrations`: tokens of other systems, for those who may enrol devices and prove who they are. */
export function createIntegrationRoutes(core: Core, calls: CallLog): Router {
  const tries = createTryCounter(core.deps.now);
  const router = Router();
  const take = [onlyWhole(core), onlyDevices(core), smallJsonBody()];
  router.get('/', forDevice(core, listHandler(core, calls)));
  router.post(
    '/',
    ...take,
    forDevice(
      core,
      provenHandler(tries, newIntegrationShape, (device, wish) => createIntegration(core, device, wish), 201),
    ),
  );
  router.post('/:id/revoke', ...take, forDevice(core, revokeHandler(core, tries)));
  router.all(['/', '/:id/revoke'], (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
}

function listHandler(core: Core, calls: CallLog): DeviceHandler {
  return async (device, req, res) => {
    if (!mayDevice(device.role, 'enrol', 'devices')) return sendError(req, res, 'not-allowed');
    const integrations = await core.store.read((tx) => readIntegrations(tx, device.branch));
    res.set('cache-control', 'no-store');
    res.json({ integrations: integrations.map((one) => ({ ...one, calls: calls.callsOf(one) })) });
  };
}

function revokeHandler(core: Core, tries: TryCounter): DeviceHandler {
  return async (device, req, res) => {
    const id = integrationIdShape.safeParse(req.params.id);
    if (!id.success) return sendError(req, res, 'not-found');
    await provenHandler(tries, provenShape, (by, wish) => revokeIntegration(core, by, id.data, wish))(device, req, res);
  };
}

/** A wish of a manager's device whose body says who asks, and proves it. Whoever guesses PINs waits. */
export function provenHandler<Shape extends z.ZodType<Proven>>(
  tries: TryCounter,
  shape: Shape,
  act: (device: StoredDevice, wish: z.infer<Shape>) => Promise<Result<object, ErrorCode>>,
  status = 200,
): DeviceHandler {
  return async (device, req, res) => {
    if (!mayDevice(device.role, 'enrol', 'devices')) return sendError(req, res, 'not-allowed');
    const wish = shape.safeParse(req.body);
    if (!wish.success) return sendError(req, res, 'bad-request');
    const asker = `${device.branch}:${wish.data.by}`;
    const waitMs = tries.waitMs(asker);
    if (waitMs > 0) {
      res.set('retry-after', String(Math.ceil(waitMs / 1000)));
      return sendError(req, res, 'too-many');
    }
    const done = await act(device, wish.data);
    if (done.ok) return void res.status(status).set('cache-control', 'no-store').json(done.value);
    if (done.error === 'pin-wrong') tries.countWrong(asker);
    sendError(req, res, done.error);
  };
}
