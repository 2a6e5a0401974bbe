import type { RequestHandler } from 'express';
import { PROTOCOL_HEADER } from '../../schema/protocol/version.ts';

/** How long a browser may remember the answer to its question, in seconds. */
const REMEMBER_S = 24 * 60 * 60;

/** What a device may say beside its version, also one that packs its bodies or keeps pages. */
const ALLOWED = 'authorization, content-type, content-encoding, accept-language, if-none-match';

/**
 * Lets an app that was loaded from another origin speak to this server: its address is a setting of the device. Every
 * right comes from the bearer credential in a header, and no cookie exists, so an origin gains nothing by being allowed.
 */
export function allowOtherOrigins(): RequestHandler {
  return (req, res, next) => {
    res.set('access-control-allow-origin', '*');
    res.set('access-control-expose-headers', 'retry-after, etag');
    res.set('cross-origin-resource-policy', 'cross-origin');
    if (req.method !== 'OPTIONS' || req.get('access-control-request-method') === undefined) return next();
    res.set('access-control-allow-methods', 'GET, POST');
    res.set('access-control-allow-headers', `${ALLOWED}, ${PROTOCOL_HEADER}`);
    res.set('access-control-max-age', String(REMEMBER_S));
    res.status(204).end();
  };
}
