import type { Request, RequestHandler, Response } from 'express';
import type { Deps } from '../deps.ts';
import type { StoredDevice } from '../store/store.ts';
import { bodyCostOf } from './body.ts';
import { sendError } from './errors.ts';
import { createFairQueue } from './fair-queue.ts';
import { type BucketSize, createTokenBuckets } from './token-bucket.ts';

export interface PushLimits {
  /** Rows of one device. A month of a busy till, 5,000 sales, passes at once. */
  readonly rows: BucketSize;
  /** Bytes of one device: as they come over the wire, and what more they cost once they are unpacked. */
  readonly bytes: BucketSize;
  /** Pushes whose bodies are read or wait for their turn, in all: what bounds the memory. */
  readonly inHouse: number;
  /** The same of one device; it is meant to have one. */
  readonly perDevice: number;
  /** Pushes worked on at once: they share commits. */
  readonly atOnce: number;
  /** A push of at most so much brings what was just sold: it finds places of its own in the house, and waits behind no backlog. */
  readonly small: { readonly bytes: number; readonly rows: number; readonly places: number };
}

const KIB = 1024;
const MIB = KIB * KIB;

export const PUSH_LIMITS: PushLimits = {
  rows: { burst: 10_000, perSecond: 500 },
  bytes: { burst: 64 * MIB, perSecond: 4 * MIB },
  inHouse: 64,
  perDevice: 4,
  atOnce: 16,
  small: { bytes: 16 * KIB, rows: 10, places: 64 },
};

/** Milliseconds after which a device that found the house full may come again; spread, so that not all do at once. */
const FULL_MS = 1_000;
const FULL_SPREAD = 4;

/** Stands around the reading of a push, so that many devices that connect at once are served fairly, in bounded memory (F16). */
export interface PushGate {
  /** Before the body is read. The device was found already: `res.locals.device`. */
  readonly before: RequestHandler;
  /** After it: waits for the device's turn. */
  readonly after: RequestHandler;
  /** The same for a small push that came as a message. Gives 0 when `work` is over, or the milliseconds after which it may come again. */
  passSmall(id: string, size: PushSize, work: () => Promise<void>): Promise<number>;
}

export interface PushSize {
  readonly bytes: number;
  readonly rows: number;
}

export function createPushGate({ now }: Pick<Deps, 'now'>, limits: PushLimits = PUSH_LIMITS): PushGate {
  const [rows, bytes] = [createTokenBuckets(limits.rows, now), createTokenBuckets(limits.bytes, now)];
  const queue = createFairQueue(limits.atOnce);
  const house = createHouse(limits);
  let turnedAway = 0;
  const fullMs = () => {
    turnedAway += 1;
    return FULL_MS * (1 + (turnedAway % FULL_SPREAD));
  };
  const before: RequestHandler = (req, res, next) => {
    const id = idOf(res);
    const length = Number(req.get('content-length') ?? 0);
    const waitMs = bytes.take(id, length);
    if (waitMs > 0) return askToWait(req, res, waitMs);
    if (!house.enter(id, length > 0 && length <= limits.small.bytes)) return askToWait(req, res, fullMs());
    whenOver(res, () => house.leave(id));
    next();
  };
  const after: RequestHandler = (req, res, next) => {
    const id = idOf(res);
    bytes.charge(id, Math.max(0, bodyCostOf(res) - Number(req.get('content-length') ?? 0)));
    const count = rowsOf(req.body);
    const waitMs = rows.take(id, count);
    if (waitMs > 0) return askToWait(req, res, waitMs);
    if (count <= limits.small.rows && bodyCostOf(res) <= limits.small.bytes) return next();
    // Who hung up while the body was read waits for nothing any more.
    if (!res.closed) whenAnswered(res, queue.enter(id, next));
  };
  const passSmall: PushGate['passSmall'] = async (id, size, work) => {
    const waitMs = bytes.take(id, size.bytes) || rows.take(id, size.rows);
    if (waitMs > 0) return waitMs;
    if (!house.enter(id, true)) return fullMs();
    try {
      await work();
    } finally {
      house.leave(id);
    }
    return 0;
  };
  return { before, after, passSmall };
}

/** A response that is over says so once: whoever comes later must not wait for it, or a place is taken for ever. */
function whenOver(res: Response, act: () => void): void {
  if (res.closed) act();
  else res.once('close', act);
}

/** The work is done when the answer is handed over: who never reads it must not hold a turn until then. */
function whenAnswered(res: Response, act: () => void): void {
  const end = res.end;
  res.end = ((...args: Parameters<Response['end']>) => {
    act();
    return end.apply(res, args);
  }) as Response['end'];
  whenOver(res, act);
}

function idOf(res: Response): string {
  return (res.locals as { device?: StoredDevice }).device?.deviceId ?? '';
}

/** The rows that a body brings, whatever it calls them; at least one. */
function rowsOf(body: unknown): number {
  const lists = [body, ...Object.values((body ?? {}) as object)].filter(Array.isArray);
  return Math.max(1, ...lists.map((list) => list.length));
}

function askToWait(req: Request, res: Response, waitMs: number): void {
  res.set('retry-after', String(Math.ceil(waitMs / 1000)));
  sendError(req, res, 'too-many');
}

/** Counts who is in, in all and by device. */
function createHouse({ inHouse, perDevice, small }: PushLimits) {
  const byDevice = new Map<string, number>();
  let all = 0;
  return {
    enter: (id: string, isSmall: boolean): boolean => {
      const own = byDevice.get(id) ?? 0;
      if (all >= inHouse + (isSmall ? small.places : 0) || own >= perDevice) return false;
      byDevice.set(id, own + 1);
      all += 1;
      return true;
    },
    leave: (id: string): void => {
      const own = (byDevice.get(id) ?? 1) - 1;
      if (own > 0) byDevice.set(id, own);
      else byDevice.delete(id);
      all -= 1;
    },
  };
}
