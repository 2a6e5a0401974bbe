import { Router } from 'express';
import { deviceIdShape } from '../../schema/ids.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { revokeDevice } from '../core/revoke.ts';
import { onlyWhole } from './damage-door.ts';
import { type DeviceHandler, forDevice } from './device-door.ts';
import { sendError } from './errors.ts';

/** `/api/v1/devices`: those who may enrol devices may also revoke them. */
export function createDeviceRoutes(core: Core): Router {
  const revoke: DeviceHandler = async (device, req, res) => {
    if (!mayDevice(device.role, 'enrol', 'devices')) return sendError(req, res, 'not-allowed');
    const id = deviceIdShape.safeParse(req.params.id);
    if (!id.success) return sendError(req, res, 'not-found');
    const done = await revokeDevice(core, device, id.data);
    if (done.ok) res.json({});
    else sendError(req, res, done.error);
  };
  const router = Router();
  router.post('/:id/revoke', onlyWhole(core), forDevice(core, revoke));
  router.all('/:id/revoke', (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
}
