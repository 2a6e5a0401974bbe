import { expect, test } from 'vitest';
import type { DeviceDeps } from './device-deps.ts';
import { enrolDevice } from './enrol-device.ts';
import { createNodeDeps } from './node-device.ts';
import { startNodeShop } from './node-shop.ts';
import { openDevice } from './open-device.ts';

test.each(['tail', 'settings', 'keys'])(
  '[F10] [SYNC7] a device whose disk failed while it opened (its %s) leaves nothing running, and opens at the next try',
  async (slot) => {
    const shop = await startNodeShop(1);
    const real = createNodeDeps('K1', shop.origin);
    await enrolDevice(real, { serverAddress: '', code: shop.code('K1') });
    let broken = true;
    const looks = new Set<symbol>();
    const deps: DeviceDeps = {
      ...real,
      timers: {
        after: (ms, act) => {
          const look = Symbol('a timer');
          looks.add(look);
          const cancel = real.timers.after(ms, () => {
            looks.delete(look);
            act();
          });
          return () => {
            looks.delete(look);
            cancel();
          };
        },
      },
      vault: {
        ...real.vault,
        get: (key) => (broken && key === slot ? Promise.reject(new Error('The disk failed.')) : real.vault.get(key)),
      },
    };
    await expect(openDevice(deps)).rejects.toThrow('The disk failed.');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(looks.size).toBe(0);
    broken = false;
    const device = await openDevice(deps);
    expect(device.active.get()).toBe(true);
    await device.close();
    await shop.close();
  },
);
