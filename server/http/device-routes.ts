import { Router } from 'express';
import { deviceIdShape } from '../../schema/ids.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { endDevice } from '../core/end-device.ts';
import { revokeDevice } from '../core/revoke.ts';
import { onlyWhole } from './damage-door.ts';
import { type DeviceHandler, forDevice } from './device-door.ts';
import { sendError } from './errors.ts';

/** What a person says about a device; repeated, it changes nothing. */
const ACTS = {
  revoke: revokeDevice,
  lost: (core, by, id) => endDevice(core, by, id, 'lost'),
  retire: (core, by, id) => endDevice(core, by, id, 'retired'),
} as const satisfies Record<string, typeof revokeDevice>;

/** `/api/v1/devices/:id/{revoke,lost,retire}`: for those who may enrol devices. */
export function createDeviceRoutes(core: Core): Router {
  const router = Router();
  for (const [name, act] of Object.entries(ACTS)) {
    router.post(`/:id/${name}`, onlyWhole(core), forDevice(core, deviceHandler(core, act)));
    router.all(`/:id/${name}`, (req, res) => sendError(req, res, 'method-not-allowed'));
  }
  return router;
}

function deviceHandler(core: Core, act: typeof revokeDevice): DeviceHandler {
  return async (device, req, res) => {
    if (!mayDevice(device.role, 'enrol', 'devices')) return sendError(req, res, 'not-allowed');
    const id = deviceIdShape.safeParse(req.params.id);
    if (!id.success) return sendError(req, res, 'not-found');
    const done = await act(core, device, id.data);
    if (done.ok) res.json({});
    else sendError(req, res, done.error);
  };
}
