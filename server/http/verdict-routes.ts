import { Router } from 'express';
import { entryIdShape } from '../../schema/ids.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { readVerdict } from '../core/read-verdict.ts';
import { type DeviceHandler, forDevice } from './device-door.ts';
import { sendError } from './errors.ts';

/** `/api/v1/verdicts/:id`: those who may edit read what the server made of an entry, and why it cannot read one. */
export function createVerdictRoutes(core: Core): Router {
  const handle: DeviceHandler = async (device, req, res) => {
    if (!mayDevice(device.role, 'push', 'edits')) return sendError(req, res, 'not-allowed');
    const id = entryIdShape.safeParse(req.params.id);
    const verdict = id.success ? await readVerdict(core, device, id.data) : undefined;
    if (verdict) res.set('cache-control', 'no-store').json(verdict);
    else sendError(req, res, 'not-found');
  };
  const router = Router();
  router.get('/:id', forDevice(core, handle));
  router.all('/:id', (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
}
