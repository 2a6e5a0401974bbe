import { Router } from 'express';
import { provenShape } from '../../schema/api/integration.ts';
import { newWebhookShape, webhookIdShape } from '../../schema/api/webhook.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { createWebhook, enableWebhook, listWebhooks, removeWebhook } from '../webhooks/change-hooks.ts';
import { smallJsonBody } from './body.ts';
import { onlyWhole } from './damage-door.ts';
import { type DeviceHandler, forDevice, onlyDevices } from './device-door.ts';
import { sendError } from './errors.ts';
import { provenHandler } from './integration-routes.ts';
import { createTryCounter } from './try-counter.ts';

/** `/api/v1/webhooks`: addresses that are told of what happens, for those who may enrol devices and prove who they are. */
export function createWebhookRoutes(core: Core, allowed: ReadonlySet<string>): Router {
  const tries = createTryCounter(core.deps.now);
  const router = Router();
  const take = [onlyWhole(core), onlyDevices(core), smallJsonBody()];
  const list: DeviceHandler = async (device, req, res) => {
    if (!mayDevice(device.role, 'enrol', 'devices')) return sendError(req, res, 'not-allowed');
    res.set('cache-control', 'no-store').json(await listWebhooks(core, device));
  };
  const makes = provenHandler(
    tries,
    newWebhookShape,
    (device, wish) => createWebhook(core, device, wish, allowed),
    201,
  );
  const changes = (act: typeof removeWebhook): DeviceHandler => {
    return async (device, req, res) => {
      const id = webhookIdShape.safeParse(req.params.id);
      if (!id.success) return sendError(req, res, 'not-found');
      await provenHandler(tries, provenShape, (by, wish) => act(core, by, id.data, wish))(device, req, res);
    };
  };
  router.get('/', forDevice(core, list));
  router.post('/', ...take, forDevice(core, makes));
  router.post('/:id/remove', ...take, forDevice(core, changes(removeWebhook)));
  router.post('/:id/enable', ...take, forDevice(core, changes(enableWebhook)));
  router.all(['/', '/:id/remove', '/:id/enable'], (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
}
