import express, { type RequestHandler, type Response } from 'express';
import { BODY_INFLATED_BYTES_MAX } from '../../schema/limits.ts';
import type { Examiner } from '../examine/examiner.ts';
import type { PushBeside } from '../examine/read-bytes.ts';
import { chooseParser, jsonBody, noteBodyCost, refuseLargeBodies, weigh } from './body.ts';

/** Bytes on the wire from which on a push is read beside: to hand a smaller one over takes as long as to read it. */
const BESIDE_BYTES_MIN = 16 * 1024;

/** What is surely JSON in UTF-8; of all others the parser of bodies knows better. */
const PLAIN_JSON = /^application\/json(; ?charset=utf-8)?$/i;

/** Reads the body of a push; a large one beside, where there is somebody to do it. */
export function journalBody(examiner: Examiner | undefined): RequestHandler[] {
  // A body that was read already is not read again.
  return examiner ? [refuseLargeBodies, ...readBeside(examiner), ...jsonBody()] : jsonBody();
}

function readBeside(examiner: Examiner): RequestHandler[] {
  const examine: RequestHandler = async (req, res, next) => {
    const bytes = req.body as Uint8Array;
    const push = await examiner.read(bytes);
    if (push) {
      res.locals.push = push;
      noteBodyCost(res, push.cost);
    } else weigh(req, res, bytes, null);
    req.body = push ? { entries: new Array(push.count).fill(null) } : parse(bytes);
    next();
  };
  return [whereLarge(chooseParser(readShared, inflated)), whereLarge(examine)];
}

/** Reads a body of a length that was looked at into memory that the thread beside sees too: nothing is copied for it. */
const readShared: RequestHandler = (req, _res, next) => {
  const bytes = new Uint8Array(new SharedArrayBuffer(Number(req.get('content-length'))));
  let length = 0;
  req.on('data', (chunk: Buffer) => {
    if (length + chunk.length > bytes.length) return void req.destroy();
    bytes.set(chunk, length);
    length += chunk.length;
  });
  req.on('end', () => {
    req.body = bytes;
    next();
  });
};

const inflated = express.raw({ type: () => true, limit: BODY_INFLATED_BYTES_MAX });

function whereLarge(handle: RequestHandler): RequestHandler {
  return (req, res, next) => {
    const isLarge = Number(req.get('content-length') ?? 0) >= BESIDE_BYTES_MIN;
    return isLarge && PLAIN_JSON.test(req.get('content-type') ?? '') ? handle(req, res, next) : next();
  };
}

/** Throws what is answered as no JSON. */
function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (error) {
    throw Object.assign(error as Error, { status: 400 });
  }
}

/** The push of a request that was read beside. */
export function pushReadBeside(res: Response): PushBeside | undefined {
  return (res.locals as { push?: PushBeside }).push;
}
