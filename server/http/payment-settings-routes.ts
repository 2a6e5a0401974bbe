import { Router } from 'express';
import { paymentSettingsShape } from '../../schema/protocol/payment-settings.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { setPaymentSettings } from '../core/payment-settings.ts';
import { smallJsonBody } from './body.ts';
import { onlyWhole } from './damage-door.ts';
import { type DeviceHandler, forDevice, onlyDevices } from './device-door.ts';
import { sendError } from './errors.ts';

/** `/api/v1/payment-settings`: those who may edit say how the branch is paid. */
export function createPaymentSettingsRoutes(core: Core): Router {
  const handle: DeviceHandler = async (device, req, res) => {
    if (!mayDevice(device.role, 'push', 'edits')) return sendError(req, res, 'not-allowed');
    const request = paymentSettingsShape.safeParse(req.body);
    if (!request.success) return sendError(req, res, 'bad-request');
    const set = await setPaymentSettings(core, device, request.data);
    if (set.ok) res.json(set.value);
    else sendError(req, res, set.error);
  };
  const router = Router();
  router.post('/', onlyWhole(core), onlyDevices(core), smallJsonBody(), forDevice(core, handle));
  router.all('/', (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
}
