import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { type EntryId, splitEntryId } from '../../schema/ids.ts';
import type { World } from './world.ts';

/** Its device's head has passed it, so that it counts. */
export function isFolded({ watch }: Pick<World, 'watch'>, id: EntryId): boolean {
  const { deviceId, seq } = splitEntryId(id);
  return (watch.rows().head.get(deviceId)?.seq ?? 0) >= seq;
}

/** True where the server counts this entry: in a place of its own, or by its own journal. */
export function isCounted(world: Pick<World, 'watch'>, { id, hash }: Pick<DeviceEntry, 'id' | 'hash'>): boolean {
  const { watch } = world;
  return watch.countedIdsOf(hash).some((place) => isFolded(world, place)) || watch.isReleased(id, hash);
}
