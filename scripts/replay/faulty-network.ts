import type { Cancel, Fetch, Surroundings } from '../../client/device/device-deps.ts';
import type { OpenSocket, Socket } from '../../client/sync/socket.ts';
import { CUT_WITHIN_MS, FAULT_CHANCE, type FaultCounts, type FaultKind, noFaults } from './fault-kinds.ts';
import type { Random } from './random.ts';

/** The network as one device sees it, with faults that a seeded random chooses. */
export interface FaultyNetwork {
  readonly fetch: Fetch;
  readonly openSocket: OpenSocket;
  readonly surroundings: Surroundings;
  /** What really happened so far. */
  readonly counts: FaultCounts;
  /** Cuts this device off: everything under way breaks, nothing new passes. */
  goOffline(): void;
  /** The network is back; the device hears of it as a browser tells it. */
  comeBack(): void;
  /** Closes the live socket, if one is open. */
  cutSocket(): void;
  /** From now on nothing fails any more. */
  heal(): void;
}

interface State {
  readonly kinds: ReadonlySet<FaultKind>;
  readonly random: Random;
  readonly counts: FaultCounts;
  readonly inFlight: Set<AbortController>;
  /** Each cuts one open socket. */
  readonly sockets: Set<() => void>;
  readonly onOnline: Set<() => void>;
  offline: boolean;
  healed: boolean;
}

/** Wraps a real network. Faults of other kinds than `kinds` never happen. */
export function createFaultyNetwork(
  real: { readonly fetch: Fetch; readonly openSocket: OpenSocket },
  random: Random,
  kinds: readonly FaultKind[],
): FaultyNetwork {
  const state: State = {
    kinds: new Set(kinds),
    random,
    counts: noFaults(),
    inFlight: new Set(),
    sockets: new Set(),
    onOnline: new Set(),
    offline: false,
    healed: false,
  };
  return {
    fetch: (url, init) => faultyFetch(state, real.fetch, url, init),
    openSocket: (url, listener) => faultySocket(state, real.openSocket, url, listener),
    surroundings: { onOnline: (act) => addTo(state.onOnline, act), onVisible: () => () => undefined },
    counts: state.counts,
    goOffline: () => goOffline(state),
    comeBack: () => comeBack(state),
    cutSocket: () => cutSocket(state),
    heal: () => {
      state.healed = true;
      comeBack(state);
    },
  };
}

function addTo(listeners: Set<() => void>, act: () => void): Cancel {
  listeners.add(act);
  return () => listeners.delete(act);
}

/** Draws even when the kind is switched off, so that the other kinds fall the same for one seed. */
function strikes(state: State, kind: FaultKind, chance: number): boolean {
  return state.random.chance(chance) && state.kinds.has(kind) && !state.healed;
}

async function faultyFetch(state: State, real: Fetch, url: string, init: RequestInit): Promise<Response> {
  const [cut, duplicate, lost] = (['cut', 'duplicate', 'lost'] as const).map((kind) =>
    strikes(state, kind, FAULT_CHANCE[kind]),
  );
  const cutAfterMs = state.random.between(0, CUT_WITHIN_MS);
  if (state.offline) throw new TypeError('The network is gone.');
  const breaker = new AbortController();
  state.inFlight.add(breaker);
  if (cut) setTimeout(() => breaker.abort(), cutAfterMs);
  try {
    const answer = await perform(
      state,
      real,
      url,
      { ...init, signal: joinSignals(breaker.signal, init.signal) },
      duplicate === true,
    );
    if (cut) throw new TypeError('The connection was cut.');
    if (lost) state.counts.lost += 1;
    if (lost) throw new TypeError('The response was lost.');
    return answer;
  } finally {
    if (cut) state.counts.cut += 1;
    state.inFlight.delete(breaker);
  }
}

function joinSignals(breaker: AbortSignal, given: AbortSignal | null | undefined): AbortSignal {
  return given ? AbortSignal.any([breaker, given]) : breaker;
}

/** Reads the whole answer here, so that a cut can fall anywhere in it. A duplicate follows while the first is under way. */
async function perform(state: State, real: Fetch, url: string, init: RequestInit, twice: boolean): Promise<Response> {
  if (!twice) return wholeAnswer(real, url, init);
  state.counts.duplicate += 1;
  const both = await Promise.allSettled([wholeAnswer(real, url, init), wholeAnswer(real, url, init)]);
  const arrived = both.find((answer) => answer.status === 'fulfilled');
  if (arrived === undefined) throw new TypeError('Neither copy came through.');
  return arrived.value;
}

async function wholeAnswer(real: Fetch, url: string, init: RequestInit): Promise<Response> {
  const response = await real(url, init);
  const body = await response.arrayBuffer();
  const headers = new Headers(response.headers);
  headers.delete('content-encoding');
  return new Response(response.status === 204 ? null : body, { status: response.status, headers });
}

function faultySocket(state: State, real: OpenSocket, url: string, listener: Parameters<OpenSocket>[1]): Socket {
  if (state.offline) {
    setTimeout(() => listener.closed(), 0);
    return { send: () => undefined, close: () => undefined };
  }
  let open = true;
  const closed = () => {
    if (!open) return;
    open = false;
    state.sockets.delete(cut);
    listener.closed();
  };
  const cut = () => {
    closed();
    inner.close();
  };
  const inner = real(url, {
    opened: () => open && listener.opened(),
    message: (text) => open && listener.message(text),
    closed,
  });
  state.sockets.add(cut);
  return inner;
}

function goOffline(state: State): void {
  if (state.offline || state.healed || !state.kinds.has('offline')) return;
  state.offline = true;
  state.counts.offline += 1;
  for (const breaker of state.inFlight) breaker.abort();
  for (const cut of [...state.sockets]) cut();
}

function comeBack(state: State): void {
  if (!state.offline) return;
  state.offline = false;
  for (const act of [...state.onOnline]) act();
}

function cutSocket(state: State): void {
  if (state.sockets.size === 0 || state.healed || !state.kinds.has('cut')) return;
  state.counts.cut += 1;
  for (const cut of [...state.sockets]) cut();
}
