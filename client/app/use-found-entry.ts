import type { DeviceEntry } from '../../schema/entry/entry.ts';
import { deviceEntryShape } from '../../schema/entry/entry.ts';
import { entryIdShape } from '../../schema/ids.ts';
import { useDevice } from './contexts.ts';
import { useLive } from './use-live.ts';
import { useLoaded } from './use-loaded.ts';

/** The entry that something is about, where it is one and is held here, own or pulled; undefined until it is read. */
export function useFoundEntry(about: string): DeviceEntry | undefined {
  const { office } = useDevice();
  const version = useLive(office.version);
  const read = async () => {
    const id = entryIdShape.safeParse(about);
    const found = id.success ? await office.entry(id.data) : undefined;
    return found && ('body' in found ? found : deviceEntryShape.safeParse(found.entry).data);
  };
  return useLoaded(read, `${about} ${version}`);
}

/** What people call an entry: the number of its receipt; undefined where it has none. */
export function receiptOf(entry: DeviceEntry | undefined): string | undefined {
  return entry?.kind === 'sale' || entry?.kind === 'refund' ? entry.body.receipt : undefined;
}
