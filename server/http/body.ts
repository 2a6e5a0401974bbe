import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { BODY_BYTES_MAX, BODY_INFLATED_BYTES_MAX } from '../../schema/limits.ts';
import { sendError } from './errors.ts';

/** Reads JSON bodies: at most 1 MiB on the wire, and 4 MiB after compression is undone. */
export function jsonBody(): RequestHandler[] {
  return [refuseLargeBodies, chooseParser(express.json({ limit: BODY_BYTES_MAX }), inflatedJson())];
}

/** Bytes of a body that anybody may send: room for a code and a public key many times over. */
const STRANGER_BYTES_MAX = 128 * 1024;

/** Reads a small JSON body of someone who is not known yet; none that is compressed. */
export function strangersJsonBody(): RequestHandler[] {
  return [refuseLargeBodies, express.json({ limit: STRANGER_BYTES_MAX, inflate: false })];
}

function refuseLargeBodies(req: Request, res: Response, next: NextFunction): void {
  if (Number(req.get('content-length') ?? 0) > BODY_BYTES_MAX) sendError(req, res, 'too-large');
  else next();
}

function inflatedJson(): RequestHandler {
  return express.json({ limit: BODY_INFLATED_BYTES_MAX });
}

function chooseParser(plain: RequestHandler, inflated: RequestHandler): RequestHandler {
  return (req, res, next) => {
    const isPlain = (req.get('content-encoding') ?? 'identity') === 'identity';
    (isPlain ? plain : inflated)(req, res, next);
  };
}
