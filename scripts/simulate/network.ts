import type { Fetch } from '../../client/device/device-deps.ts';
import type { OpenSocket } from '../../client/sync/socket.ts';
import type { Random } from '../replay/random.ts';
import type { FaultKind } from './fault-counts.ts';
import { goodLink, type LinkConditions } from './link.ts';
import { openLiveWire } from './live-wire.ts';
import type { ServerMachine } from './server-machine.ts';
import type { WireAnswer, WireRequest } from './server-request.ts';
import { strangeAnswer } from './strange-answers.ts';
import type { Tab } from './tab.ts';
import type { VirtualTime } from './virtual-time.ts';
import { wireResponse } from './wire-response.ts';

/** A duplicate arrives up to so much later: behind pushes that were sent after it. */
export const DUPLICATE_MS_MAX = 20_000;

export interface NetworkWorld {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly server: ServerMachine;
  readonly count: (kind: FaultKind) => void;
  /** The server said this, whether it arrives or not. */
  readonly answered: (request: WireRequest, answer: WireAnswer) => void;
  /** An answer of the server's own reached the device. */
  readonly heard: (request: WireRequest, answer: WireAnswer) => void;
  /** Any text that reached the device, whoever wrote it. */
  readonly received: (text: string) => void;
  readonly note: (text: string) => void;
}

/** One device's way to the server. */
export interface Link {
  conditions(): LinkConditions;
  set(conditions: LinkConditions): void;
  fetchFor(tab: Tab): Fetch;
  socketFor(tab: Tab): OpenSocket;
}

export function createLink(world: NetworkWorld): Link {
  let conditions = goodLink();
  const last = new Map<string, WireAnswer>();
  const changed = new Set<() => void>();
  const link: Link = {
    conditions: () => conditions,
    set: (next) => {
      conditions = next;
      for (const act of [...changed]) act();
    },
    fetchFor: (tab) => (url, init) =>
      new Promise((resolve, reject) => carry(world, link, last, { tab, url, init, resolve, reject })),
    socketFor: (tab) => (_url, listener) => openLiveWire(world, link, changed, tab, listener),
  };
  return link;
}

export function latencyOf({ random }: NetworkWorld, { latencyMs }: LinkConditions): number {
  return Math.round(random.between(latencyMs.least, latencyMs.most));
}

interface Call {
  readonly tab: Tab;
  readonly url: string;
  readonly init: RequestInit;
  readonly resolve: (response: Response) => void;
  readonly reject: (reason: unknown) => void;
}

/** Takes one request to the server and its answer back, or does not. */
function carry(world: NetworkWorld, link: Link, last: Map<string, WireAnswer>, call: Call): void {
  const { time, random, count } = world;
  const { tab, init } = call;
  const request = requestOf(call);
  const isPush = request.path.endsWith('/push');
  const now = link.conditions();
  const fail = () => tab.run(() => call.reject(new TypeError('Failed to fetch')));
  const give = (answer: WireAnswer) =>
    tab.run(() => {
      world.received(answer.text);
      call.resolve(wireResponse(answer, tab, link.conditions().bytesPerMs));
    });
  init.signal?.addEventListener('abort', () => tab.run(() => call.reject(init.signal?.reason)));
  if (!now.up) {
    count('F3');
    time.after(latencyOf(world, now), fail);
    return;
  }
  if (random.chance(now.loss)) {
    count('F3');
    // A lost request is noticed, or waited for until patience ends.
    if (random.chance(0.5)) time.after(latencyOf(world, now), fail);
    return;
  }
  const arrive = async () => {
    const genuine = now.strange === null || now.strange === 'truncated' ? await world.server.ask(request) : null;
    comeBack(genuine);
  };
  const comeBack = (genuine: WireAnswer | null) => {
    const then = link.conditions();
    if (now.strange !== null) {
      count('F4');
      const answer = strangeAnswer(now.strange, random, genuine, last.get(request.path) ?? null);
      time.after(latencyOf(world, then), () => give(answer));
      return;
    }
    if (genuine === null) return void time.after(latencyOf(world, then), fail);
    world.answered(request, genuine);
    world.note(`${request.method} ${request.path.split('?', 1)[0]} ${genuine.status} ${genuine.text.length}`);
    const lost = !then.up || random.chance(then.loss) || (isPush && random.chance(then.loseAnswer));
    if (lost) {
      count(isPush && genuine.status === 200 ? 'F6' : 'F3');
      if (random.chance(0.5)) time.after(latencyOf(world, then), fail);
      return;
    }
    // Only what is pushed: a pull says that no cache may keep it.
    if (isPush) last.set(request.path, genuine);
    time.after(latencyOf(world, then), () => {
      world.heard(request, genuine);
      give(genuine);
    });
  };
  if (now.bytesPerMs !== null) count('F3');
  const uploadMs = now.bytesPerMs === null ? 0 : request.body.length / now.bytesPerMs;
  time.after(latencyOf(world, now) + uploadMs, () => void arrive());
  if (isPush && random.chance(now.duplicate)) {
    count('F5');
    time.after(random.whole(DUPLICATE_MS_MAX), () => void world.server.ask(request));
  }
}

function requestOf({ url, init }: Call): WireRequest {
  const path = url.slice(url.indexOf('/', url.indexOf('//') + 2));
  const body = typeof init.body === 'string' ? init.body : '';
  const headers: Record<string, string> = { 'content-length': String(Buffer.byteLength(body)) };
  for (const [name, value] of Object.entries(init.headers ?? {})) headers[name.toLowerCase()] = String(value);
  return { method: init.method ?? 'GET', path, headers, body };
}
