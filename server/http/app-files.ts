import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Response, Router } from 'express';

const YEAR_SECONDS = 365 * 24 * 60 * 60;
const UNBUILT_PAGE = `<!doctype html><meta charset="utf-8"><title>Laci</title>
<h1>The app is not built</h1><p>This server runs, but there is no app to show yet. Start it with <code>npm start</code>, or build it with
<code>npm run build</code> and reload.</p>`;

/**
 * Serves the built app from `dir`: files named by their content's hash are kept for a year, everything else is asked for
 * again each time, so that a new version is seen at once. A page address of the app gives its index.html.
 */
export function createAppFiles(dir: string): Router {
  const router = Router();
  router.use(express.static(dir, { index: false, setHeaders: setCaching }));
  router.get('/{*path}', (req, res, next) => {
    // Only what asks for a page: a missing script must not be answered with HTML.
    if (!req.accepts('html') || /\.[a-z0-9]+$/i.test(req.path)) return next();
    const index = join(dir, 'index.html');
    res.set('cache-control', 'no-cache');
    if (existsSync(index)) res.sendFile(index);
    else res.status(503).type('html').send(UNBUILT_PAGE);
  });
  return router;
}

function setCaching(res: Response, path: string): void {
  const isHashed = /[\\/]assets[\\/]/.test(path);
  res.set('cache-control', isHashed ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
}
