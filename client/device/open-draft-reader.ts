import type { DeviceId } from '../../schema/ids.ts';
import { SESSION_LENGTH } from '../drafts/draft-chunk.ts';
import type { DraftReader, OpenDraftReader } from '../drafts/draft-reader.ts';
import type { Random } from './device-deps.ts';

/** Characters of the id of a change or of a line: 80 bits, as of a device. */
export const DRAFT_ID_LENGTH = 16;

/** The reader of this opening of the device; one that reads nothing where the world brings none. */
export function openDraftReader(open: OpenDraftReader | undefined, device: DeviceId, random: Random): DraftReader {
  if (open === undefined) return NO_READER;
  const session = Array.from(random.bytes(SESSION_LENGTH / 2), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return open({ device, session });
}

const refuse = async () => {
  throw new Error('Held carts cannot be read here.');
};
const NO_READER: DraftReader = {
  ...{ read: refuse, change: refuse, whole: refuse },
  forget: async () => undefined,
  close: () => undefined,
};
