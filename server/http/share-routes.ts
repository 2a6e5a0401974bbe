import { Router } from 'express';
import type { z } from 'zod';
import {
  sharesLookShape,
  sharesRequestShape,
  waiveShareShape,
  writeOffShareShape,
} from '../../schema/protocol/shares.ts';
import { mayDevice, type Target } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { giveShares } from '../core/give-shares.ts';
import { lookAtShares, waiveReport, writeOffShare } from '../core/write-off-share.ts';
import type { StoredDevice } from '../store/store.ts';
import { smallJsonBody } from './body.ts';
import { onlyWhole } from './damage-door.ts';
import { type DeviceHandler, forDevice, onlyDevices } from './device-door.ts';
import { sendError } from './errors.ts';

type Answer = object | { readonly ok: false; readonly error: 'not-found' };

/**
 * `/api/v1/shares`: whoever sells asks for shares of limited products (who may change held carts sells); whoever may edit sees who holds
 * them, writes them off, and says after a restore that nobody waits for a device.
 */
export function createShareRoutes(core: Core): Router {
  const router = Router();
  const add = <Shape extends z.ZodType>(
    path: string,
    who: Target,
    shape: Shape,
    act: (device: StoredDevice, request: z.infer<Shape>) => Promise<Answer>,
  ): void => {
    const handle: DeviceHandler = async (device, req, res) => {
      if (!mayDevice(device.role, 'push', who)) return sendError(req, res, 'not-allowed');
      const request = shape.safeParse(req.body);
      if (!request.success) return sendError(req, res, 'bad-request');
      const answer = await act(device, request.data);
      if ('ok' in answer && answer.ok === false) sendError(req, res, answer.error);
      else res.json(answer);
    };
    router.post(path, onlyWhole(core), onlyDevices(core), smallJsonBody(), forDevice(core, handle));
    router.all(path, (req, res) => sendError(req, res, 'method-not-allowed'));
  };
  add('/', 'draftChanges', sharesRequestShape, (device, request) => giveShares(core, device, request));
  add('/look', 'edits', sharesLookShape, (device, { products }) => lookAtShares(core, device, products));
  add('/written-off', 'edits', writeOffShareShape, (device, wish) => writeOffShare(core, device, wish));
  add('/waived', 'edits', waiveShareShape, (device, wish) => waiveReport(core, device, wish));
  return router;
}
