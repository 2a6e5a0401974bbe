import { type RequestHandler, Router } from 'express';
import { type DeviceId, deviceIdShape } from '../../schema/ids.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { retireDevice } from '../core/retire-device.ts';
import { revokeDevice } from '../core/revoke.ts';
import type { StoredDevice } from '../store/store.ts';
import { onlyWhole } from './damage-door.ts';
import { forDevice } from './device-door.ts';
import { sendError } from './errors.ts';

type Act = (by: StoredDevice, deviceId: DeviceId) => ReturnType<typeof revokeDevice>;

/** `/api/v1/devices`: those who may enrol devices may also revoke and retire them. */
export function createDeviceRoutes(core: Core): Router {
  const router = Router();
  router.post(
    '/:id/revoke',
    onlyWhole(core),
    forManagers(core, (by, id) => revokeDevice(core, by, id)),
  );
  router.post(
    '/:id/retire',
    onlyWhole(core),
    forManagers(core, (by, id) => retire(core, by, id)),
  );
  router.all(['/:id/revoke', '/:id/retire'], (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
}

function forManagers(core: Core, act: Act): RequestHandler {
  return forDevice(core, async (device, req, res) => {
    if (!mayDevice(device.role, 'enrol', 'devices')) return sendError(req, res, 'not-allowed');
    const id = deviceIdShape.safeParse(req.params.id);
    if (!id.success) return sendError(req, res, 'not-found');
    const done = await act(device, id.data);
    if (done.ok) res.json({});
    else sendError(req, res, done.error);
  });
}

/** A device that will never come again: its counters move into each product's base. Asked again, nothing changes. */
async function retire(core: Core, by: StoredDevice, deviceId: DeviceId): ReturnType<typeof revokeDevice> {
  const device = await core.store.read((tx) => tx.device(deviceId));
  if (device?.branch !== by.branch) return { ok: false, error: 'not-found' };
  if (deviceId === by.deviceId) return { ok: false, error: 'not-allowed' };
  await retireDevice(core, deviceId, `retired by ${by.till}`);
  return { ok: true, value: undefined };
}
