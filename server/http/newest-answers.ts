import type { Response } from 'express';
import type { DeviceId } from '../../schema/ids.ts';

/**
 * Pages under way to one device: a browser asks for six at once at most. Each holds megabytes until it is read, and who never reads could ask
 * for any number.
 */
export const ANSWERS_PER_DEVICE_MAX = 12;

/** Knows which answers are still being read, per device. */
export interface NewestAnswers {
  /**
   * One more answer is under way. Where a device has too many, its oldest one ends: after a broken link that is the one that nobody
   * reads any more, so that no device is ever turned away for it.
   */
  begin(deviceId: DeviceId, res: Response): void;
}

export function createNewestAnswers(): NewestAnswers {
  const underWay = new Map<DeviceId, Set<Response>>();
  const end = (deviceId: DeviceId, res: Response): void => {
    const own = underWay.get(deviceId);
    own?.delete(res);
    if (own?.size === 0) underWay.delete(deviceId);
  };
  return {
    begin: (deviceId, res) => {
      if (res.closed) return;
      const own = underWay.get(deviceId) ?? new Set();
      underWay.set(deviceId, own.add(res));
      res.once('close', () => end(deviceId, res));
      const [oldest] = own;
      // The connection, not the answer: one that waits behind another has none of its own.
      if (own.size > ANSWERS_PER_DEVICE_MAX) oldest?.req.socket.destroy();
    },
  };
}
