import { Router } from 'express';
import { mayDevice } from '../../schema/roles.ts';
import { parseAuditPlace, readAudit } from '../core/audit.ts';
import type { Core } from '../core/core.ts';
import { onlyWhole } from './damage-door.ts';
import { type DeviceHandler, forDevice } from './device-door.ts';
import { sendError } from './errors.ts';

/** `/api/v1/audit`: those who may edit read who changed what. */
export function createAuditRoutes(core: Core): Router {
  const handle: DeviceHandler = async (device, req, res) => {
    if (!mayDevice(device.role, 'push', 'edits')) return sendError(req, res, 'not-allowed');
    const { before } = req.query;
    const place = typeof before === 'string' ? parseAuditPlace(before) : null;
    if (before !== undefined && place === null) return sendError(req, res, 'bad-request');
    res.set('cache-control', 'no-store').json(await readAudit(core, device, place));
  };
  const router = Router();
  router.get('/', onlyWhole(core), forDevice(core, handle));
  router.all('/', (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
}
