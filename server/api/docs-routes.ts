import { Router } from 'express';
import { API_ROUTES } from './api-routes.ts';
import { DOCS_HEADERS, docsPage } from './docs-page.ts';
import { openApiOf } from './open-api.ts';

/** `/api/docs` for people and `/api/v1/openapi.json` for programs: what there is, without a token. */
export function createDocsRoutes(): Router {
  const router = Router();
  const [document, page] = [openApiOf(API_ROUTES), docsPage(API_ROUTES)];
  router.get('/v1/openapi.json', (_req, res) => void res.json(document));
  router.get('/docs', (_req, res) => void res.set(DOCS_HEADERS).type('html').send(page));
  return router;
}
