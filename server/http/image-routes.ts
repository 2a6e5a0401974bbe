import { createHash } from 'node:crypto';
import express, { type Request, type Response, Router } from 'express';
import { type Hash, hashShape } from '../../schema/ids.ts';
import { IMAGE_BYTES_MAX, IMAGE_TYPES, imageTypeOf } from '../../schema/protocol/image.ts';
import { mayDevice } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import type { StoredDevice } from '../store/store.ts';
import { onlyDevices } from './device-door.ts';
import { sendError } from './errors.ts';
import type { ImageFolder } from './image-folder.ts';

/** A picture never changes under its name. */
const FOREVER = 'public, max-age=31536000, immutable';

/**
 * `/images/:hash`, the thumbnails of products by the SHA-256 of their bytes. Everybody may see one: a page's pictures carry no
 * credential. Devices that may edit products put them; the bytes must be what name and type say.
 */
export function createImageRoutes(core: Core, folder: ImageFolder): Router {
  const router = Router();
  const raw = express.raw({ type: [...IMAGE_TYPES], limit: IMAGE_BYTES_MAX });
  router.get('/:hash', (req, res) => sendImage(req, res, folder));
  router.put('/:hash', onlyDevices(core), onlyEditors, raw, (req, res) => keepImage(req, res, folder));
  router.all('/:hash', (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
}

async function sendImage(req: Request, res: Response, folder: ImageFolder): Promise<void> {
  const hash = hashShape.safeParse(req.params.hash);
  const bytes = hash.success ? await folder.read(hash.data) : null;
  const type = bytes && imageTypeOf(bytes);
  if (!bytes || !type) return sendError(req, res, 'not-found');
  res.set({ 'cache-control': FOREVER, 'content-security-policy': "default-src 'none'; sandbox" });
  res.type(type).send(Buffer.from(bytes));
}

function onlyEditors(req: Request, res: Response, next: () => void): void {
  const device = res.locals.device as StoredDevice;
  if (mayDevice(device.role, 'push', 'edits')) next();
  else sendError(req, res, 'not-allowed');
}

async function keepImage(req: Request, res: Response, folder: ImageFolder): Promise<void> {
  const bytes: unknown = req.body;
  const isImage = Buffer.isBuffer(bytes) && imageTypeOf(bytes) === req.get('content-type');
  if (!isImage || sha256(bytes) !== req.params.hash) return sendError(req, res, 'bad-request');
  if (!(await folder.keep(req.params.hash as Hash, bytes))) return sendError(req, res, 'too-many');
  res.json({});
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}
