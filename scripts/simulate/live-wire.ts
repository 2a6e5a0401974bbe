import type { Socket, SocketListener } from '../../client/sync/socket.ts';
import type { FaultKind } from './fault-counts.ts';
import { createLivePushWire } from './live-push-wire.ts';
import { DUPLICATE_MS_MAX, type Link, latencyOf, type NetworkWorld } from './network.ts';
import { createServerSide } from './server-socket.ts';
import type { Tab } from './tab.ts';

/** A slow reader's bytes count so much: the buffers between are small, and full soon. */
const SLOW_READER_WEIGHT = 1_000;

/**
 * One live socket between a device and the server: messages arrive in order or, once one did not, none any more, because TCP loses
 * nothing in the middle. Whoever is not told that the other end is gone finds out by silence.
 */
export function openLiveWire(
  world: NetworkWorld,
  link: Link,
  changed: Set<() => void>,
  tab: Tab,
  listener: SocketListener,
): Socket {
  const { time, random, count } = world;
  let [open, broken, told] = [false, false, false];
  let backlog: string[] = [];
  let lastAt = 0;
  /** In order: nothing overtakes what was sent before. */
  const deliver = (act: () => void, length = 0) => {
    const { bytesPerMs } = link.conditions();
    const carryMs = bytesPerMs === null ? 0 : Math.round(length / bytesPerMs);
    const at = Math.max(lastAt, time.now() + latencyOf(world, link.conditions()) + carryMs);
    lastAt = at;
    time.after(at - time.now(), act);
  };
  const passes = (): boolean => {
    const { up, halfOpen, strange } = link.conditions();
    if (broken) return false;
    // What answers in the server's place answers sockets too, with nothing.
    if (up && !halfOpen && strange === null) return true;
    return breakOff(strange === null ? 'F3' : 'F4');
  };
  /** Nothing passes any more; who knows is another matter. */
  const breakOff = (kind: FaultKind): false => {
    broken = true;
    count(kind);
    if (random.chance(0.5)) time.after(latencyOf(world, link.conditions()), tellClosed);
    return false;
  };
  const pushes = createLivePushWire(world);
  const answer = (text: string): boolean => {
    const { loseAnswer } = link.conditions();
    const pushed = pushes.answered(text);
    if (pushed === null) return false;
    deliver(() => {
      if (told || !passes() || (random.chance(loseAnswer) && !breakOff('F6'))) return;
      world.heard(pushed.request, pushed.answer);
      tab.run(() => hear(text));
    });
    return true;
  };
  const say = (text: string) => {
    const request = pushes.said(text);
    const { loss, duplicate } = link.conditions();
    if (request !== null && random.chance(loss)) return void (broken || breakOff('F3'));
    deliver(() => passes() && server.hear(text), text.length);
    if (request === null || !random.chance(duplicate)) return;
    count('F5');
    time.after(random.whole(DUPLICATE_MS_MAX), () => void world.server.ask(request));
  };
  const tellClosed = () => {
    if (told) return;
    told = true;
    changed.delete(look);
    tab.run(() => listener.closed());
  };
  const toDevice = (text: string) =>
    deliver(() => {
      if (!told && passes()) tab.run(() => hear(text));
    });
  const hear = (text: string) => {
    if (told) return;
    world.received(text);
    listener.message(text);
  };
  const server = createServerSide({
    send: (text) => {
      if (answer(text)) return;
      if (!link.conditions().slowReader) return toDevice(text);
      count('F19');
      backlog.push(text);
    },
    close: () => deliver(() => passes() && tellClosed()),
    buffered: () => backlog.reduce((sum, text) => sum + text.length, 0) * SLOW_READER_WEIGHT,
  });
  const look = () => {
    const { up, slowReader } = link.conditions();
    if (!up && open && random.chance(0.5)) {
      broken = true;
      deliver(tellClosed);
    }
    if (slowReader) return;
    const late = backlog;
    backlog = [];
    for (const text of late) toDevice(text);
  };
  changed.add(look);
  tab.onKilled(() => {
    told = true;
    changed.delete(look);
    // The browser's end closes with its tab; a machine that lost its power says nothing.
    if (random.chance(0.7)) deliver(() => passes() && server.end());
  });
  deliver(() => {
    const reached = passes() && world.server.connect({ serverSide: server.socket, serverDied: () => deliver(died) });
    if (!reached) return deliver(tellClosed);
    deliver(() => {
      open = true;
      if (!told && passes()) tab.run(() => listener.opened());
    });
  });
  const died = () => {
    // A process that ends closes its sockets; with the power gone, nobody does.
    if (passes() && random.chance(0.7)) tellClosed();
    else broken = true;
  };
  return {
    send: say,
    close: () => {
      told = true;
      changed.delete(look);
      deliver(() => passes() && server.end());
    },
  };
}
