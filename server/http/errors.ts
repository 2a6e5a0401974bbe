import type { ErrorRequestHandler, Request, Response } from 'express';
import { type ErrorCode, errorAnswer, LANGUAGES, type Language } from '../../schema/protocol/error.ts';
import type { Core } from '../core/core.ts';
import { StoreFault } from '../store/store.ts';

/** The HTTP status of each error code. */
const STATUS: Readonly<Record<ErrorCode, number>> = {
  'not-found': 404,
  'method-not-allowed': 405,
  'not-enrolled': 401,
  revoked: 403,
  'not-allowed': 403,
  'code-wrong': 403,
  'pin-wrong': 403,
  'code-used': 410,
  'code-expired': 410,
  'bad-request': 400,
  'bad-span': 400,
  'too-large': 413,
  'too-many': 429,
  'protocol-unknown': 400,
  'till-taken': 409,
  'address-unsafe': 422,
  'store-failed': 503,
  'store-damaged': 503,
  internal: 500,
};
const INSUFFICIENT_STORAGE = 507;

/** Answers with an error in the person's language. */
export function sendError(req: Request, res: Response, code: ErrorCode, status: number = STATUS[code]): void {
  res.status(status).json(errorAnswer(code, languageOf(req)));
}

/** The language that a request asks for. */
export function languageOf(req: Request): Language {
  const accepted = req.acceptsLanguages([...LANGUAGES]);
  return LANGUAGES.find((language) => language === accepted) ?? 'en';
}

/** Where every error of a request ends: a code and a sentence, never a stack (I12). */
export function createErrorHandler({ deps, health }: Pick<Core, 'deps' | 'health'>): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    const code = noteFault({ deps, health }, error, req.path);
    if (res.headersSent) return next(error);
    const isFull = error instanceof StoreFault && error.full && code === 'store-failed';
    sendError(req, res, code, isFull ? INSUFFICIENT_STORAGE : STATUS[code]);
  };
}

/** The code of what failed while something was answered. What is not the asker's fault is logged, and damage reported. */
export function noteFault({ deps, health }: Pick<Core, 'deps' | 'health'>, error: unknown, url: string): ErrorCode {
  if (error instanceof StoreFault) {
    if (error.damaged) health.report(error.message);
    deps.log.error({ err: error }, 'the store failed');
    return error.damaged ? 'store-damaged' : 'store-failed';
  }
  const code = codeOf(error);
  if (code === 'internal') deps.log.error({ err: error, url }, 'a request failed');
  return code;
}

/** Express and its body parser mark what the client did wrong with a status of 4xx. */
function codeOf(error: unknown): ErrorCode {
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413) return 'too-large';
  if (status === 404) return 'not-found';
  return typeof status === 'number' && status >= 400 && status < 500 ? 'bad-request' : 'internal';
}
