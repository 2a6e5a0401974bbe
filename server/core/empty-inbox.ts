import type { DeviceId } from '../../schema/ids.ts';
import type { InboxPlace } from '../store/store.ts';
import type { Core } from './core.ts';
import { takeOr } from './settle-inbox.ts';

/** So long nothing new must have come before what waits is taken, in milliseconds: until then more is likely to come. */
const QUIET_MS = 200;

/** Looks after which what waits has a turn though more keeps coming. */
const LOOKS_MAX = 10;

/** Until what could not be taken is tried again, in milliseconds. */
const RETRY_MS = 10_000;

/** A server that stops takes what waits for so long, in milliseconds. */
const STOP_MS_MAX = 2_000;

/** Pushes that are taken at once, each of another device: what several move is written once. */
const TAKEN_TOGETHER = 4;

/** Pushes looked at to find those; all where something is stuck, which may be any number. */
const LOOKED_AT = 200;

/** Takes what lies in the inbox whenever nothing came for a moment, and what an earlier process left there. Gives the way to stop. */
export function startEmptying(core: Core): () => Promise<void> {
  const { deps, inbox } = core;
  let [isStopped, isNew, looks] = [false, false, 0];
  let running: Promise<void> | null = null;
  let cancel: (() => void) | null = null;
  /** Devices of which something could not be taken; tried again all at once. */
  const stuck = new Set<DeviceId>();
  let cancelRetry: (() => void) | null = null;
  const later = (ms: number): void => {
    if (!isStopped && running === null) cancel ??= deps.after(ms, look);
  };
  const retry = (): void => {
    cancelRetry = null;
    stuck.clear();
  };
  /** Gives the milliseconds until the next one, where something is left. */
  const turn = async (): Promise<number> => {
    const maySettle = isNew && looks < LOOKS_MAX;
    isNew = false;
    looks += maySettle ? 1 : 0;
    if (maySettle) return QUIET_MS;
    while (!isStopped && (await takeSome(core, stuck))) {
      if (isNew) return QUIET_MS;
      await deps.breathe();
    }
    looks = 0;
    return stuck.size > 0 ? RETRY_MS : QUIET_MS;
  };
  const look = (): void => {
    cancel = null;
    running = turn()
      .catch((error: unknown) => {
        deps.log.error({ err: error }, 'what was acknowledged could not be taken; it is tried again');
        return RETRY_MS;
      })
      .then((ms) => {
        running = null;
        if (stuck.size > 0 && !isStopped) cancelRetry ??= deps.after(RETRY_MS, retry);
        if (inbox.holds()) later(ms);
      });
  };
  const forget = inbox.onLaid(() => {
    isNew = true;
    later(QUIET_MS);
  });
  if (inbox.holds()) later(0);
  return async () => {
    isStopped = true;
    forget();
    cancel?.();
    cancelRetry?.();
    await running;
    await takeRest(core, stuck);
  };
}

/** Takes what waits when a server stops in order, as far as there is time: the next start need not. */
async function takeRest(core: Core, stuck: Set<DeviceId>): Promise<void> {
  const { deps, inbox } = core;
  let isLate = false;
  const cancel = deps.after(STOP_MS_MAX, () => {
    isLate = true;
  });
  try {
    while (!isLate && inbox.holds() && (await takeSome(core, stuck))) await deps.breathe();
  } catch (error) {
    deps.log.error({ err: error }, 'what was acknowledged could not be taken; the next start goes on');
  } finally {
    cancel();
  }
}

/** Takes the next push of each of some devices, those of `stuck` left out, which it adds to. False where there is none. Rejects with a StoreFault. */
async function takeSome(core: Core, stuck: Set<DeviceId>): Promise<boolean> {
  const places = await core.store.read((tx) => tx.inboxPlaces(stuck.size > 0 ? Number.MAX_SAFE_INTEGER : LOOKED_AT));
  const next = new Map<DeviceId, InboxPlace>();
  for (const place of places) {
    const isNext = !stuck.has(place.deviceId) && !next.has(place.deviceId) && next.size < TAKEN_TOGETHER;
    if (isNext) next.set(place.deviceId, place);
  }
  await Promise.all([...next.values()].map((place) => takeOr(core, place, stuck)));
  return next.size > 0;
}
