import express, { type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { BODY_BYTES_MAX, BODY_INFLATED_BYTES_MAX } from '../../schema/limits.ts';
import { bodyCost } from '../examine/body-cost.ts';
import { sendError } from './errors.ts';

/** What reading this request's body has cost, in bytes of an ordinary one; 0 before it was read. */
export function bodyCostOf(res: Response): number {
  return (res.locals as { bodyCost?: number }).bodyCost ?? 0;
}

/**
 * Looks at a body's bytes, unpacked, before they are parsed. Throws what is answered as too large, or as no JSON: that is UTF-8 (RFC 8259). Whoever
 * asks for bytes as they are has no encoding, and sees to that before.
 */
export function weigh(_req: unknown, res: unknown, bytes: Uint8Array, encoding: string | null): void {
  // In others the parser finds brackets where these bytes show none.
  if (encoding !== null && encoding !== 'utf-8') throw Object.assign(new Error('not UTF-8'), { status: 415 });
  const cost = bodyCost(bytes);
  if (cost === null) throw Object.assign(new Error('too many lists and objects'), { status: 413 });
  noteBodyCost(res as Response, cost);
}

/** Notes what a body cost that was weighed elsewhere. */
export function noteBodyCost(res: Response, cost: number): void {
  res.locals.bodyCost = cost;
}

/** Reads JSON bodies: at most 1 MiB on the wire, and 4 MiB after compression is undone. */
export function jsonBody(): RequestHandler[] {
  return [refuseLargeBodies, chooseParser(express.json({ limit: BODY_BYTES_MAX, verify: weigh }), inflatedJson())];
}

/** Bytes of a body that asks for something and brings nothing: room for a code and a key, or all checkpoints, many times over. */
const SMALL_BYTES_MAX = 128 * 1024;

/** Reads a small JSON body of someone who is not known yet; none that is compressed. */
export function strangersJsonBody(): RequestHandler[] {
  return [refuseLargeBodies, express.json({ limit: SMALL_BYTES_MAX, inflate: false })];
}

/** Reads the small JSON body of a device. No gate stands before it, so it must cost little to parse. */
export function smallJsonBody(): RequestHandler[] {
  return [refuseLargeBodies, express.json({ limit: SMALL_BYTES_MAX })];
}

export function refuseLargeBodies(req: Request, res: Response, next: NextFunction): void {
  if (Number(req.get('content-length') ?? 0) > BODY_BYTES_MAX) sendError(req, res, 'too-large');
  else next();
}

function inflatedJson(): RequestHandler {
  return express.json({ limit: BODY_INFLATED_BYTES_MAX, verify: weigh });
}

export function chooseParser(plain: RequestHandler, inflated: RequestHandler): RequestHandler {
  return (req, res, next) => {
    const isPlain = (req.get('content-encoding') ?? 'identity') === 'identity';
    (isPlain ? plain : inflated)(req, res, next);
  };
}
