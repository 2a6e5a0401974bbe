import type { Response } from 'express';
import type { DeviceId, Scope } from '../../schema/ids.ts';
import { LIVE_HEARTBEAT_MS } from '../../schema/limits.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { TAIL_POLL_MS } from '../live/limits.ts';
import type { StoredDevice } from '../store/store.ts';
import { type Channel, channelKey, createChannel, readEnd } from './channel.ts';
import { type EventStream, openEventStream } from './event-stream.ts';
import { STREAMS_MAX, STREAMS_PER_DEVICE_MAX } from './limits.ts';

/** All streams of this process. */
export interface Streams {
  /** Answers with every change of a collection from now on. False, and nothing answered, when there are too many streams. */
  open(device: StoredDevice, collection: PulledCollection, res: Response): Promise<boolean>;
  close(): void;
}

interface Room {
  readonly channel: Channel;
  /** Each with the device that reads it. */
  readonly streams: Map<EventStream, DeviceId>;
}

export function createStreams(core: Core): Streams {
  const rooms = new Map<string, Room>();
  const counts = createCounts();
  const wake = (isMeant: (scopes: readonly Scope[]) => boolean): void => {
    for (const { channel } of rooms.values()) if (isMeant(channel.scopes)) channel.wake();
  };
  const forAll = (act: (stream: EventStream) => void): void => {
    for (const { streams } of rooms.values()) for (const stream of streams.keys()) act(stream);
  };
  const turnOutRevoked = (): void => {
    for (const { streams } of rooms.values()) {
      for (const [stream, deviceId] of streams) if (core.ledger.isRevoked(deviceId)) stream.close();
    }
  };
  const stops = [
    core.store.onCommit((commit) => {
      turnOutRevoked();
      wake((scopes) => scopes.some((scope) => commit.has(scope)));
    }),
    // Another process may have written.
    core.deps.every(TAIL_POLL_MS, () => wake(() => true)),
    core.deps.every(LIVE_HEARTBEAT_MS, () => {
      turnOutRevoked();
      forAll((stream) => stream.beat());
    }),
    // Of another history: the stock client opens a new stream, and pulls.
    core.epochs.onBegin(() => forAll((stream) => stream.close())),
  ];
  const follow = async (device: StoredDevice, collection: PulledCollection, res: Response): Promise<void> => {
    const start = await readEnd(core, device);
    if (res.destroyed) return;
    // From here to the end nothing waits: the client pulls once its stream is open, and every later change is sent.
    const key = channelKey(device, collection);
    const room = rooms.get(key) ?? enter(core, device, { collection, start });
    rooms.set(key, room);
    const stream = openEventStream(res);
    room.streams.set(stream, device.deviceId);
    res.on('close', () => {
      room.streams.delete(stream);
      if (room.streams.size === 0 && rooms.get(key) === room) rooms.delete(key);
    });
    room.channel.wake();
  };
  return {
    open: async (device, collection, res) => {
      // Who hung up already is not counted: nothing would ever say that it went.
      if (res.closed) return true;
      if (!counts.add(device.deviceId)) return false;
      res.on('close', () => counts.remove(device.deviceId));
      await follow(device, collection, res);
      return true;
    },
    close: () => {
      for (const stop of stops) stop();
      forAll((stream) => stream.close());
    },
  };
}

function enter(core: Core, device: StoredDevice, from: Parameters<typeof createChannel>[2]): Room {
  const streams: Room['streams'] = new Map();
  const send = (page: string): void => {
    for (const stream of streams.keys()) stream.send(page);
  };
  return { streams, channel: createChannel(core, device, from, send) };
}

/** Open streams per device, within the bounds. */
function createCounts() {
  const byDevice = new Map<DeviceId, number>();
  let all = 0;
  return {
    add: (id: DeviceId): boolean => {
      const count = byDevice.get(id) ?? 0;
      if (count >= STREAMS_PER_DEVICE_MAX || all >= STREAMS_MAX) return false;
      byDevice.set(id, count + 1);
      all += 1;
      return true;
    },
    remove: (id: DeviceId): void => {
      const count = (byDevice.get(id) ?? 1) - 1;
      if (count > 0) byDevice.set(id, count);
      else byDevice.delete(id);
      all -= 1;
    },
  };
}
