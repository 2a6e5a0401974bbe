import express, { type Request, type RequestHandler, type Response, Router } from 'express';
import { z } from 'zod';
import type { Integration } from '../../schema/api/integration.ts';
import type { Core } from '../core/core.ts';
import { findIntegration, noteUse } from '../core/integrations.ts';
import { createTokenBuckets } from '../http/token-bucket.ts';
import { ApiFault } from './api-call.ts';
import { createApiErrorHandler, sendApiError } from './api-errors.ts';
import type { ApiRoute } from './api-route.ts';
import { API_ROUTES } from './api-routes.ts';
import type { CallLog } from './call-log.ts';

/** Requests of one token: a sync of a large catalogue passes at once, and nobody takes the tills' time for long. */
export const API_RATE = { burst: 120, perSecond: 10 };
/** Bytes of a body: a sale of the most lines, several times over. */
const API_BODY_BYTES_MAX = 256 * 1024;
const TOKEN = /^Bearer (laci_[\w-]{20,100})$/i;

/** `/api/v1` for other systems: whatever the table of routes says, and nothing else. What is none of it goes on to the next router. */
export function createApiRouter(core: Core, calls: CallLog): Router {
  const router = Router();
  const buckets = createTokenBuckets(API_RATE, core.deps.now);
  const body = express.json({ limit: API_BODY_BYTES_MAX, inflate: false });
  const door = openDoor(core, calls, buckets.take);
  for (const route of API_ROUTES) {
    const read = route.body ? [onlyWholeStore(core), body] : [];
    router[route.method](route.path, door(route), ...read, answer(core, route));
  }
  for (const path of new Set(API_ROUTES.map((route) => route.path))) {
    router.all(path, (req, res) => sendApiError(req, res, 'method-not-allowed'));
  }
  router.use(createApiErrorHandler(core));
  return router;
}

/** Who asks, and whether they may; noted in the log of calls whatever comes of it. */
function openDoor(core: Core, calls: CallLog, take: (key: string, amount: number) => number) {
  return (route: ApiRoute): RequestHandler =>
    async (req, res, next) => {
      const token = tokenOf(req);
      const integration = await findIntegration(core, token);
      if (!integration) throw new ApiFault('token-unknown');
      noteCall(core, calls, integration, req, res);
      if (integration.revokedAt !== null) throw new ApiFault('token-revoked');
      const waitMs = take(integration.id, 1);
      if (waitMs > 0) {
        res.set('retry-after', String(Math.ceil(waitMs / 1000)));
        throw new ApiFault('too-many');
      }
      if (!integration.rights.includes(route.right)) throw new ApiFault('token-scope');
      if (core.health.damage() === null) {
        noteUse(core, token, integration).catch((error: unknown) =>
          core.deps.log.warn({ err: error }, 'the use of a token could not be noted'),
        );
      }
      res.locals.integration = integration;
      next();
    };
}

function tokenOf(req: Request): string {
  const header = req.get('authorization');
  if (header === undefined) throw new ApiFault('token-missing');
  const token = TOKEN.exec(header)?.[1];
  if (token === undefined) throw new ApiFault('token-unknown');
  return token;
}

function noteCall(core: Core, calls: CallLog, { id }: Integration, req: Request, res: Response): void {
  const { method, baseUrl, path } = req;
  const at = core.deps.now();
  res.once('finish', () => calls.note(id, { at, method, path: baseUrl + path, status: res.statusCode }));
}

/** Reading goes on while the database is damaged; nothing is taken (F11). */
function onlyWholeStore(core: Core): RequestHandler {
  return (_req, _res, next) => {
    if (core.health.damage() !== null) throw new ApiFault('store-damaged');
    next();
  };
}

/** Where nothing may be asked. */
const NO_QUERY = z.strictObject({});

/** What the parser leaves alone is no JSON to it, whatever it holds. */
const NO_JSON = 'body: send JSON, and say so by the header Content-Type: application/json';

function answer(core: Core, route: ApiRoute): RequestHandler {
  return async (req, res) => {
    const query = read(route.query ?? NO_QUERY, 'query', req.query);
    if (route.body && req.body === undefined) throw new ApiFault('bad-request', NO_JSON);
    const body = read(route.body, 'body', req.body);
    const integration = res.locals.integration as Integration;
    const given = await route.handle({ core, integration, header: (name) => req.get(name) }, { query, body });
    res.status(route.status).set('cache-control', 'no-store').json(given);
  };
}

/** Reads a part of the request by its shape; the fault names the first place that is wrong. */
function read(shape: z.ZodType | undefined, part: string, value: unknown): unknown {
  if (!shape) return undefined;
  const parsed = shape.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new ApiFault('bad-request', `${issue?.path.join('.') || part}: ${issue?.message ?? 'not readable'}`);
}
