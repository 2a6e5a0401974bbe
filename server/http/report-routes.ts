import { type Request, type Response, Router } from 'express';
import { productIdShape } from '../../schema/ids.ts';
import { isAnswerable, reportRequestShape } from '../../schema/protocol/report.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { countedPercent } from '../core/count-days.ts';
import { readCosts } from '../core/read-costs.ts';
import { readReport } from '../core/read-report.ts';
import { readStockHistory } from '../core/read-stock-history.ts';
import { type DeviceHandler, forDevice } from './device-door.ts';
import { sendError } from './errors.ts';

/** `/api/v1/reports`: what sold in the branch of a device that may edit, for any days, and what moved a product. */
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
  router.get('/stock', forDevice(core, stockHandler(core)));
  router.get('/costs', forDevice(core, costsHandler(core)));
  router.get('/counting', forDevice(core, countingHandler(core)));
  for (const path of ['/sales', '/stock', '/costs', '/counting'])
    router.all(path, (req: Request, res: Response) => sendError(req, res, 'method-not-allowed'));
  return router;
}

/** `/stock?product=&by=day|month&from=&to=`: what a product's stock changed by, in the shape of a report. */
function stockHandler(core: Core): DeviceHandler {
  return async (device, req, res) => {
    if (!mayDevice(device.role, 'push', 'edits')) return sendError(req, res, 'not-allowed');
    const [request, product] = [reportRequestShape.safeParse(req.query), productIdShape.safeParse(req.query.product)];
    if (!request.success || !product.success) return sendError(req, res, 'bad-request');
    const { by, from, to } = request.data;
    if (by !== 'day' && by !== 'month') return sendError(req, res, 'bad-request');
    if (!isAnswerable(request.data)) return sendError(req, res, 'bad-span');
    const wish = { product: product.data, by, from, to };
    res.set('cache-control', 'no-store').json(await readStockHistory(core, device, wish));
  };
}

/** `/costs?by=product&from=&to=`: what the branch paid for goods until `to`, in the shape of a report. */
function costsHandler(core: Core): DeviceHandler {
  return async (device, req, res) => {
    if (!mayDevice(device.role, 'push', 'edits')) return sendError(req, res, 'not-allowed');
    const request = reportRequestShape.safeParse(req.query);
    if (!request.success || request.data.by !== 'product') return sendError(req, res, 'bad-request');
    if (!isAnswerable(request.data)) return sendError(req, res, 'bad-span');
    res.set('cache-control', 'no-store').json(await readCosts(core, device, request.data));
  };
}

/** `/counting`: how much of what an earlier version folded is in reports by now, in whole percent. */
function countingHandler(core: Core): DeviceHandler {
  return async (device, req, res) => {
    if (!mayDevice(device.role, 'push', 'edits')) return sendError(req, res, 'not-allowed');
    res.set('cache-control', 'no-store').json(await countedPercent(core));
  };
}
