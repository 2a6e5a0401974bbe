import type { DeviceDoc, SettingsDoc } from '../../schema/company.ts';
import type { DeviceId } from '../../schema/ids.ts';
import type { ServerClock } from '../sync/server-clock.ts';
import type { SilentTill } from './device.ts';
import type { Cancel, Timers } from './device-deps.ts';
import { createLive, type Live, type LiveCell } from './live.ts';

/** How often silence is looked at again, in milliseconds. */
const LOOK_MS = 10_000;

export interface SilentTillsDeps {
  readonly timers: Timers;
  readonly ownDevice: DeviceId;
  readonly devices: Live<readonly DeviceDoc[]>;
  readonly settings: Live<SettingsDoc | undefined>;
  readonly presence: Live<readonly DeviceId[]>;
  readonly online: () => boolean;
  readonly serverClock: ServerClock;
}

/** Names the tills not heard from for too long, and looks again every few seconds until stopped. */
export function watchSilentTills(deps: SilentTillsDeps): {
  readonly silent: Live<readonly SilentTill[]>;
  stop: Cancel;
} {
  const silent = createLive<readonly SilentTill[]>([]);
  const look = () => setWhenOther(silent, findSilentTills(deps));
  const stops = [deps.devices, deps.settings, deps.presence].map((live) => live.subscribe(look));
  const tick = (): Cancel =>
    deps.timers.after(LOOK_MS, () => {
      look();
      cancelTick = tick();
    });
  let cancelTick = tick();
  look();
  return {
    silent,
    stop: () => {
      cancelTick();
      for (const stop of stops) stop();
    },
  };
}

/** While this device is offline itself it cannot know: then silence counts up to the server's last word. */
function findSilentTills(deps: SilentTillsDeps): SilentTill[] {
  const now = deps.online() ? deps.serverClock.now() : deps.serverClock.lastWord();
  const silentAfterMs = deps.settings.get()?.silentAfterMs;
  if (silentAfterMs === undefined) return [];
  const present = new Set(deps.presence.get());
  return deps.devices
    .get()
    .filter(
      (device) =>
        device.role === 'till' && device.active && device.device !== deps.ownDevice && !present.has(device.device),
    )
    .map((device) => ({ device, silentMs: silentMsOf(device, now) }))
    .filter(({ silentMs }) => silentMs === null || silentMs > silentAfterMs);
}

function silentMsOf({ heardAt }: DeviceDoc, now: number | null): number | null {
  if (heardAt === null) return null;
  return Math.max(0, (now ?? heardAt) - heardAt);
}

function setWhenOther(cell: LiveCell<readonly SilentTill[]>, next: readonly SilentTill[]): void {
  if (JSON.stringify(next) !== JSON.stringify(cell.get())) cell.set(next);
}
