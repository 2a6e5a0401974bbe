import type { Core } from '../core/core.ts';
import type { PullPage } from '../core/pull.ts';
import { type KeptPages, type KeptRequest, pullKept } from '../core/pull-kept.ts';
import type { StoredDevice } from '../store/store.ts';
import type { PackedPage } from './packed-pages.ts';

/** Packs the page behind one that is given, while the device takes that one in. */
export type PackAhead = (
  device: StoredDevice,
  request: KeptRequest,
  page: PackedPage,
  end: Pick<PullPage, 'checkpoint' | 'more'>,
) => void;

/** Once for each page that is kept: whoever is given it later finds the one behind it. */
export function createPackAhead(core: Core, packed: KeptPages<PackedPage>): PackAhead {
  const followed = new WeakSet<PackedPage>();
  return (device, request, page, { checkpoint, more }) => {
    if (!more || page.packed === null || followed.has(page)) return;
    followed.add(page);
    // Whoever asks for it is told what is wrong.
    pullKept(core, device, { ...request, checkpoint }, packed).catch(() => undefined);
  };
}
