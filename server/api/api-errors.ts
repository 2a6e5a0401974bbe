import type { ErrorRequestHandler, Request, Response } from 'express';
import { type ApiErrorCode, apiErrorAnswer } from '../../schema/api/api-error.ts';
import type { Core } from '../core/core.ts';
import { languageOf } from '../http/errors.ts';
import { StoreFault } from '../store/store.ts';
import { ApiFault } from './api-call.ts';

/** The HTTP status of each code. */
export const API_STATUS: Readonly<Record<ApiErrorCode, number>> = {
  'token-missing': 401,
  'token-unknown': 401,
  'token-revoked': 403,
  'token-scope': 403,
  'not-found': 404,
  'method-not-allowed': 405,
  'bad-request': 400,
  'key-missing': 400,
  'key-reused': 409,
  'sale-wrong': 422,
  'too-large': 413,
  'too-many': 429,
  'store-failed': 503,
  'store-damaged': 503,
  internal: 500,
};

/** Answers with an error in the language asked for. */
export function sendApiError(req: Request, res: Response, code: ApiErrorCode, detail?: string): void {
  res.status(API_STATUS[code]).json(apiErrorAnswer(code, languageOf(req), detail));
}

/** Where every error of a request of another system ends: a code, a sentence, what is wrong; never a stack. */
export function createApiErrorHandler({ deps, health }: Pick<Core, 'deps' | 'health'>): ErrorRequestHandler {
  return (error: unknown, req, res, next) => {
    if (res.headersSent) return next(error);
    if (error instanceof ApiFault) return sendApiError(req, res, error.code, error.detail);
    if (error instanceof StoreFault) {
      if (error.damaged) health.report(error.message);
      deps.log.error({ err: error }, 'the store failed');
      return sendApiError(req, res, error.damaged ? 'store-damaged' : 'store-failed');
    }
    const { status } = (error ?? {}) as { status?: unknown };
    if (status === 413) return sendApiError(req, res, 'too-large');
    if (typeof status === 'number' && status < 500) return sendApiError(req, res, 'bad-request', 'body: no JSON');
    deps.log.error({ err: error, url: req.path }, 'a request of another system failed');
    sendApiError(req, res, 'internal');
  };
}
