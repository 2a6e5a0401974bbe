import { type Request, type Response, Router } from 'express';
import { isAnswerable, reportRequestShape } from '../../schema/protocol/report.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { readReport } from '../core/read-report.ts';
import { type DeviceHandler, forDevice } from './device-door.ts';
import { sendError } from './errors.ts';

/** `/api/v1/reports`: what sold in the branch of a device that may edit, for any days. */
export function createReportRoutes(core: Core): Router {
  const handle: DeviceHandler = async (device, req, res) => {
    if (!mayDevice(device.role, 'push', 'edits')) return sendError(req, res, 'not-allowed');
    const request = reportRequestShape.safeParse(req.query);
    if (!request.success) return sendError(req, res, 'bad-request');
    if (!isAnswerable(request.data)) return sendError(req, res, 'bad-span');
    res.set('cache-control', 'no-store');
    const report = await readReport(core, device, request.data);
    if (report.ok) res.json(report.value);
    else sendError(req, res, report.error);
  };
  const router = Router();
  router.get('/sales', forDevice(core, handle));
  router.all('/sales', (req: Request, res: Response) => sendError(req, res, 'method-not-allowed'));
  return router;
}
