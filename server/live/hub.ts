import type { Head } from '../../schema/entry/entry.ts';
import { type Epoch, sameEpoch } from '../../schema/epoch.ts';
import type { BranchId, DeviceId, Scope } from '../../schema/ids.ts';
import type { Lacking } from '../../schema/protocol/lacking.ts';
import type { LiveServerMessage } from '../../schema/protocol/live.ts';
import { readableScopes } from '../core/checkpoint.ts';
import type { Core } from '../core/core.ts';
import { epochOf } from '../core/epoch.ts';
import { lackingOf } from '../core/lacking.ts';
import { toldHead } from '../core/told-head.ts';
import type { StoredDevice } from '../store/store.ts';
import type { ChangesMessage } from './changes-message.ts';
import type { HeardNotes } from './heard.ts';
import { PACKED_SOCKETS_MAX, SOCKET_CHECK_MS, SOCKETS_PER_DEVICE_MAX, TAIL_POLL_MS } from './limits.ts';
import type { LiveSocket } from './live-socket.ts';
import { createPresence } from './presence.ts';
import { createTail, type Tail } from './tail.ts';

/** All authenticated sockets of this process, and one tail of the change log per scope that any of them reads. */
export interface Hub {
  /** Greets a socket with where it stands, and sends it every change from there on. */
  join(socket: LiveSocket): Promise<void>;
  leave(socket: LiveSocket): void;
  /** The device of this socket said something. */
  heard(socket: LiveSocket): void;
  close(): void;
}

interface Room {
  readonly tail: Tail;
  readonly sockets: Set<LiveSocket>;
}

export function createHub(core: Core, notes: HeardNotes): Hub {
  const rooms = new Map<Scope, Room>();
  const sockets = new Set<LiveSocket>();
  const turnOutRevoked = (): void => {
    for (const socket of sockets) if (core.ledger.isRevoked(socket.device.deviceId)) socket.turnOut('revoked');
  };
  const stops = [
    core.store.onCommit((commit) => {
      turnOutRevoked();
      for (const [scope, made] of commit) rooms.get(scope)?.tail.wake(made);
    }),
    core.deps.every(TAIL_POLL_MS, () => {
      for (const room of rooms.values()) room.tail.wake();
    }),
    core.deps.every(SOCKET_CHECK_MS, () => {
      turnOutRevoked();
      for (const socket of sockets) socket.look();
    }),
  ];
  const presence = createPresence(core.deps, (branch) => {
    const message: LiveServerMessage = { type: 'presence', live: liveDevices(sockets, branch) };
    const bytes = Buffer.from(JSON.stringify(message));
    const there = [...sockets].filter(({ device }) => device.branch === branch);
    for (const socket of there) socket.say(bytes);
    return there.length;
  });
  /** Where everything stands for the device. */
  const hello = ({ device }: LiveSocket, { epoch, head, lacking }: Start): LiveServerMessage => {
    const positions: Record<Scope, number> = {};
    for (const scope of readableScopes(device)) positions[scope] = rooms.get(scope)?.tail.position() ?? 0;
    const live = liveDevices(sockets, device.branch);
    return { type: 'hello', epoch, serverTime: core.deps.now(), head, lacking: [...lacking], positions, live };
  };
  const greetAgain = async (socket: LiveSocket): Promise<void> => {
    const start = await readStart(core, socket.device);
    if (!sockets.has(socket)) return;
    socket.send(hello(socket, start));
    socket.send({ type: 'resync' });
  };
  const stopHearing = core.epochs.onBegin(() => {
    for (const socket of sockets) {
      greetAgain(socket).catch((error: unknown) =>
        core.deps.log.warn({ err: error }, 'a socket could not be told of a new epoch'),
      );
    }
  });
  return {
    join: async (socket) => {
      const start = await readStart(core, socket.device);
      // From here to the end nothing waits: no change can slip between the greeting and the first message.
      sockets.add(socket);
      endOldest(sockets, socket.device.deviceId);
      const joined = [...start.places].map(([scope, place]) => enter(core, rooms, scope, place));
      socket.send(hello(socket, start));
      for (const room of joined) room.sockets.add(socket);
      presence.changed(socket.device.branch);
      notes.cameOrWent(socket.device);
      if (!sameEpoch(start.epoch, core.epoch)) await greetAgain(socket);
    },
    leave: (socket) => {
      if (!sockets.delete(socket)) return;
      for (const [scope, room] of rooms) {
        room.sockets.delete(socket);
        if (room.sockets.size > 0) continue;
        room.tail.stop();
        rooms.delete(scope);
      }
      presence.changed(socket.device.branch);
      notes.cameOrWent(socket.device);
    },
    heard: (socket) => {
      socket.heard();
      notes.active(socket.device);
    },
    close: () => {
      stopHearing();
      for (const stop of stops) stop();
      for (const { tail } of rooms.values()) tail.stop();
      for (const socket of sockets) socket.close();
    },
  };
}

interface Start {
  readonly epoch: Epoch;
  readonly places: ReadonlyMap<Scope, number>;
  readonly head: Head;
  readonly lacking: Lacking;
}

function readStart(core: Core, device: StoredDevice): Promise<Start> {
  return core.store.read(async (tx) => {
    const places = new Map<Scope, number>();
    for (const scope of readableScopes(device)) places.set(scope, (await tx.place(scope)).seq);
    const [head, lacking] = [await toldHead(tx, device.deviceId), await lackingOf(tx, device.deviceId)];
    return { epoch: await epochOf(tx), places, head, lacking };
  });
}

/** The room of a scope; a new one starts where the history ended when it was read. */
function enter(core: Core, rooms: Map<Scope, Room>, scope: Scope, place: number): Room {
  const known = rooms.get(scope);
  if (known) return known;
  const sockets = new Set<LiveSocket>();
  const send = (message: ChangesMessage): void => {
    const packed = sockets.size <= PACKED_SOCKETS_MAX;
    const { author, courier } = message;
    const own: LiveSocket[] = [];
    for (const socket of sockets) {
      if (socket.device.deviceId === courier) own.push(socket);
      else if (socket.device.deviceId !== author) socket.sendShared(message, packed);
    }
    // Who brought it has it.
    for (const socket of own) socket.sendShared(message, packed);
  };
  const room = { sockets, tail: createTail(core, scope, place, send) };
  rooms.set(scope, room);
  return room;
}

/** A device that opens one socket after the other keeps the newest. */
function endOldest(sockets: ReadonlySet<LiveSocket>, deviceId: DeviceId): void {
  const own = [...sockets].filter(({ device }) => device.deviceId === deviceId);
  for (const socket of own.slice(0, -SOCKETS_PER_DEVICE_MAX)) socket.end();
}

function liveDevices(sockets: ReadonlySet<LiveSocket>, branch: BranchId): DeviceId[] {
  const live = [...sockets].filter(({ device }) => device.branch === branch).map(({ device }) => device.deviceId);
  return [...new Set(live)].sort();
}
