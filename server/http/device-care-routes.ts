import { Router } from 'express';
import type { z } from 'zod';
import { type DeviceId, deviceIdShape } from '../../schema/ids.ts';
import {
  commandIdShape,
  deviceReportShape,
  giveCommandShape,
  renameDeviceShape,
} from '../../schema/protocol/device-care.ts';
import type { ErrorCode } from '../../schema/protocol/error.ts';
import type { Result } from '../../schema/result.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { readOverview, renameDevice, takeReport } from '../core/device-care.ts';
import { giveCommand, withdrawCommand } from '../core/device-commands.ts';
import type { StoredDevice } from '../store/store.ts';
import { smallJsonBody } from './body.ts';
import { onlyWhole } from './damage-door.ts';
import { type DeviceHandler, forDevice, onlyDevices } from './device-door.ts';
import { sendError } from './errors.ts';
import type { Heard } from './sync-routes.ts';

/**
 * `/api/v1/devices`: what each device says about itself (`report`), and for those who may enrol devices what all said (`reports`),
 * names, and commands that wait until their device comes back. A revoked device is told none.
 */
export function createDeviceCareRoutes(core: Core, heard: Heard): Router {
  const router = Router();
  const take = [onlyWhole(core), onlyDevices(core), smallJsonBody()];
  const report: DeviceHandler = async (device, req, res) => {
    heard(device);
    const said = deviceReportShape.safeParse(req.body);
    if (!said.success) return sendError(req, res, 'bad-request');
    res.json(await takeReport(core, device, said.data));
  };
  const overview: DeviceHandler = async (device, req, res) => {
    if (!mayDevice(device.role, 'enrol', 'devices')) return sendError(req, res, 'not-allowed');
    res.set('cache-control', 'no-store').json(await readOverview(core, device));
  };
  router.post('/report', ...take, forDevice(core, report));
  router.get('/reports', forDevice(core, overview));
  const gives = aboutDevice(giveCommandShape, (by, id, { command }) => giveCommand(core, by, id, command));
  const names = aboutDevice(renameDeviceShape, (by, id, { name }) => renameDevice(core, by, id, name));
  router.post('/:id/commands', ...take, forDevice(core, gives));
  router.post('/:id/name', ...take, forDevice(core, names));
  router.post('/:id/commands/:command/withdraw', onlyWhole(core), forDevice(core, withdrawHandler(core)));
  router.all(['/report', '/reports', '/:id/commands', '/:id/name', '/:id/commands/:command/withdraw'], (req, res) =>
    sendError(req, res, 'method-not-allowed'),
  );
  return router;
}

/** What a manager's device says about another one. */
function aboutDevice<Shape extends z.ZodType>(
  shape: Shape,
  act: (by: StoredDevice, id: DeviceId, wish: z.infer<Shape>) => Promise<Result<object, ErrorCode>>,
): DeviceHandler {
  return async (device, req, res) => {
    if (!mayDevice(device.role, 'enrol', 'devices')) return sendError(req, res, 'not-allowed');
    const [id, wish] = [deviceIdShape.safeParse(req.params.id), shape.safeParse(req.body)];
    if (!id.success) return sendError(req, res, 'not-found');
    if (!wish.success) return sendError(req, res, 'bad-request');
    const done = await act(device, id.data, wish.data);
    if (done.ok) res.json(done.value);
    else sendError(req, res, done.error);
  };
}

function withdrawHandler(core: Core): DeviceHandler {
  return async (device, req, res) => {
    if (!mayDevice(device.role, 'enrol', 'devices')) return sendError(req, res, 'not-allowed');
    const [id, command] = [deviceIdShape.safeParse(req.params.id), commandIdShape.safeParse(req.params.command)];
    if (!id.success || !command.success) return sendError(req, res, 'not-found');
    const done = await withdrawCommand(core, device, id.data, command.data);
    if (done.ok) res.json(done.value);
    else sendError(req, res, done.error);
  };
}
