import compression from 'compression';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import { sendApiError } from '../api/api-errors.ts';
import { createApiRouter } from '../api/api-router.ts';
import { createCallLog } from '../api/call-log.ts';
import { createDocsRoutes } from '../api/docs-routes.ts';
import type { Core } from '../core/core.ts';
import type { Examiner } from '../examine/examiner.ts';
import { createRxdbRoutes } from '../rxdb/rxdb-routes.ts';
import type { Streams } from '../rxdb/streams.ts';
import { createAppFiles } from './app-files.ts';
import { createAuditRoutes } from './audit-routes.ts';
import { allowOtherOrigins } from './cross-origin.ts';
import { createDeviceCareRoutes } from './device-care-routes.ts';
import { createDeviceRoutes } from './device-routes.ts';
import { createCodeRoutes, createEnrolRoutes } from './enrol-routes.ts';
import { createErrorHandler, sendError } from './errors.ts';
import { openImageFolder } from './image-folder.ts';
import { createImageRoutes } from './image-routes.ts';
import { createIntegrationRoutes } from './integration-routes.ts';
import { createNewestAnswers } from './newest-answers.ts';
import { createPaymentSettingsRoutes } from './payment-settings-routes.ts';
import { createPeopleRoutes } from './people-routes.ts';
import type { PushGate } from './push-gate.ts';
import { createReportRoutes } from './report-routes.ts';
import { createShareRoutes } from './share-routes.ts';
import { createSyncRoutes, type Heard } from './sync-routes.ts';
import { createVerdictRoutes } from './verdict-routes.ts';
import { createWebhookRoutes } from './webhook-routes.ts';

export interface AppOptions {
  readonly heard: Heard;
  /** What stock RxDB clients follow. */
  readonly streams: Streams;
  /** What pushes must pass, whichever way they come. */
  readonly gate: PushGate;
  /** Reads large pushes; left out: nobody does it beside. */
  readonly examiner?: Examiner | undefined;
  /** The folder of the built app. */
  readonly appDir: string;
  /** Hosts that webhooks may call though they are private or speak no HTTPS. */
  readonly allowedHosts: ReadonlySet<string>;
  /** The folder of products' pictures; left out: there are none. */
  readonly imagesDir?: string | undefined;
}

/** Everything the server answers over HTTP. */
export function createApp(core: Core, options: AppOptions): Express {
  const { heard, streams, gate, appDir, imagesDir, allowedHosts } = options;
  const app = express();
  app.disable('x-powered-by');
  // Answers are never asked for again by their content; hashing each pull would only cost time.
  app.disable('etag');
  app.set('query parser', 'simple');
  app.use(
    pinoHttp({ logger: core.deps.log, useLevel: 'debug', serializers: LOGGED }),
    securityHeaders(),
    compression(),
  );
  app.use(['/sync', '/enrol', '/api', '/health'], allowOtherOrigins());
  app.get('/health', (_req, res) => {
    const ok = core.health.damage() === null;
    res.status(ok ? 200 : 503).json({ ok, epoch: core.epoch });
  });
  const pages = createNewestAnswers();
  app.use('/sync/v1', createSyncRoutes(core, heard, gate, pages, options.examiner));
  app.use('/enrol/v1', createEnrolRoutes(core));
  app.use('/api/v1/enrolment-codes', createCodeRoutes(core));
  app.use('/api/v1/devices', createDeviceCareRoutes(core, heard));
  app.use('/api/v1/devices', createDeviceRoutes(core));
  app.use('/api/v1/payment-settings', createPaymentSettingsRoutes(core));
  app.use('/api/v1/people', createPeopleRoutes(core));
  app.use('/api/v1/reports', createReportRoutes(core));
  app.use('/api/v1/shares', createShareRoutes(core));
  app.use('/api/v1/audit', createAuditRoutes(core));
  app.use('/api/v1/verdicts', createVerdictRoutes(core));
  const calls = createCallLog();
  app.use('/api/v1/integrations', createIntegrationRoutes(core, calls));
  app.use('/api/v1/webhooks', createWebhookRoutes(core, allowedHosts));
  app.use('/api', createDocsRoutes());
  app.use('/api/v1', createApiRouter(core, calls));
  app.use('/api', (req, res) => sendApiError(req, res, 'not-found'));
  if (imagesDir !== undefined) app.use('/images', createImageRoutes(core, openImageFolder(imagesDir)));
  app.use('/rxdb', createRxdbRoutes(core, { heard, streams, gate, pages }));
  // An address of the server's own that is none must never look like a page of the app, nor one behind an origin that ends in a slash.
  app.use(['/sync', '/enrol', '/rxdb', '/images', '/health', /^\/\/.*/], (req, res) =>
    sendError(req, res, 'not-found'),
  );
  app.use(createAppFiles(appDir));
  app.use((req, res) => sendError(req, res, 'not-found'));
  app.use(createErrorHandler(core));
  return app;
}

/** Of a request its method and address: its headers hold a credential, and logs travel. */
const LOGGED = {
  req: ({ method, url }: { method: string; url: string }) => ({ method, url }),
  res: ({ statusCode }: { statusCode: number }) => ({ statusCode }),
};

/** Addresses that answer JSON, events or pictures and never a page. */
const ANSWERS_DATA = /^\/(sync|enrol|api|rxdb|images|health)(\/|$)/;

/**
 * The app runs only what this server serves; wasm is allowed, and inline styles, which the components write. HTTPS is never
 * forced: without --lan there is none, and with it the page that explains the certificate is plain HTTP on the same host.
 */
function securityHeaders(): RequestHandler {
  const forPages = pageHeaders();
  return (req, res, next) => {
    if (!ANSWERS_DATA.test(req.path)) return void forPages(req, res, next);
    // No browser runs JSON: what guards pages would be half of a small answer.
    res.set('x-content-type-options', 'nosniff');
    return next();
  };
}

function pageHeaders(): RequestHandler {
  const self = ["'self'"];
  return helmet({
    strictTransportSecurity: false,
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: self,
        scriptSrc: [...self, "'wasm-unsafe-eval'"],
        styleSrc: [...self, "'unsafe-inline'"],
        imgSrc: [...self, 'data:', 'blob:'],
        fontSrc: [...self, 'data:'],
        // The server's address is a setting of the app.
        connectSrc: [...self, 'http:', 'https:', 'ws:', 'wss:'],
        workerSrc: [...self, 'blob:'],
        objectSrc: ["'none'"],
        baseUri: self,
        formAction: self,
        frameAncestors: self,
      },
    },
  });
}
