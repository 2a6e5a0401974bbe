import type { RequestHandler } from 'express';

/** How long a browser may remember the answer to its question, in seconds. */
const REMEMBER_S = 24 * 60 * 60;

/**
 * Lets an app of another origin speak to these addresses. The stock client opens its stream "with credentials", which browsers
 * allow only to an origin that is named. Naming any gives nothing away: there is no cookie, and every right comes from the
 * bearer credential in a header.
 */
export function allowAnyOrigin(): RequestHandler {
  return (req, res, next) => {
    res.vary('origin');
    res.set('access-control-allow-origin', req.get('origin') ?? '*');
    res.set('access-control-allow-credentials', 'true');
    res.set('cross-origin-resource-policy', 'cross-origin');
    if (req.method !== 'OPTIONS' || req.get('access-control-request-method') === undefined) return next();
    res.set('access-control-allow-methods', 'GET, POST');
    res.set('access-control-allow-headers', 'accept, authorization, cache-control, content-type, last-event-id');
    res.set('access-control-max-age', String(REMEMBER_S));
    res.status(204).end();
  };
}
