import type { Request, Response } from 'express';
import { knownCollections } from '../../schema/protocol/known-collections.ts';
import { mayDevice } from '../../schema/roles.ts';
import { parseCheckpoint } from '../core/checkpoint.ts';
import type { Core } from '../core/core.ts';
import { parseWindow } from '../core/journal-window.ts';
import { PAGE_LENGTH_MAX, type PullPage, parseLimit, pull } from '../core/pull.ts';
import { isKept, pullKept } from '../core/pull-kept.ts';
import { gzipParts } from '../packed-text.ts';
import type { DeviceHandler } from './device-door.ts';
import { sendError } from './errors.ts';
import { createPackedPages } from './packed-pages.ts';
import { createPackAhead } from './page-ahead.ts';
import { protocolOf } from './protocol-of.ts';
import { sendParts } from './send-parts.ts';

/** `GET /sync/v1/:collection/pull`: pages that all devices of a branch get alike are packed once. */
export function createPullAnswers(core: Core): DeviceHandler {
  const packed = createPackedPages();
  const packAhead = createPackAhead(core, packed);
  return async (device, req, res) => {
    const protocol = protocolOf(req);
    const collection = knownCollections(protocol).find((name) => name === req.params.collection);
    if (!collection) return sendError(req, res, 'not-found');
    if (!mayDevice(device.role, 'pull', collection)) return sendError(req, res, 'not-allowed');
    const { checkpoint, limit, window } = req.query;
    const asked = {
      checkpoint: parseCheckpoint(checkpoint),
      limit: parseLimit(limit),
      windowDays: parseWindow(window),
    };
    const request = { ...asked, protocol, lengthMax: PAGE_LENGTH_MAX };
    if (!isKept(collection) || !req.acceptsEncodings('gzip'))
      return sendPage(res, await pull(core, device, { ...request, collection }));
    const { page, ...end } = await pullKept(core, device, { ...request, collection }, packed);
    if (page.packed === null) return sendPage(res, { ...end, documents: page.documents });
    sendPacked(req, res, gzipParts(await page.packed, endText(end)));
    packAhead(device, { ...request, collection }, page, end);
  };
}

/** Sets the stored texts into the answer as they are: nothing is parsed and written again. */
function sendPage(res: Response, { documents, ...end }: PullPage): void {
  res.set('cache-control', 'no-store').type('json');
  res.send(`{"epoch":${JSON.stringify(end.checkpoint.epoch)},"documents":[${documents.join(',')}]${endText(end)}`);
}

/** What stands behind the documents. */
function endText({ checkpoint, more }: Omit<PullPage, 'documents'>): string {
  return `,${JSON.stringify({ checkpoint, more }).slice(1)}`;
}

/** Sends what was packed before; nothing to one who has just that. No browser keeps it: it holds what the shop knows. */
function sendPacked(req: Request, res: Response, { parts, etag }: ReturnType<typeof gzipParts>): void {
  res.set({ 'cache-control': 'no-store', etag, vary: 'Accept-Encoding' });
  if (req.get('if-none-match') === etag) return void res.status(304).end();
  sendParts(res, parts);
}
