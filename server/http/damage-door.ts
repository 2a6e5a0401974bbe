import type { RequestHandler } from 'express';
import type { Core } from '../core/core.ts';
import { sendError } from './errors.ts';

/** Stands before everything that is acknowledged: once damage was found nothing is, and reading goes on (F11). */
export function onlyWhole(core: Core): RequestHandler {
  return (req, res, next) => {
    if (core.health.damage() === null) next();
    else sendError(req, res, 'store-damaged');
  };
}
