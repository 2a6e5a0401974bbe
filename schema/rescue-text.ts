import type { DraftChange } from './draft.ts';
import type { DeviceIdentity } from './protocol/enrol.ts';

/** What a rescue file begins with; a reader knows it by this. */
export const RESCUE_FORMAT = 'laci-rescue';
export const RESCUE_VERSION = 1;

/** A rescue file: everything that proves a device's entries, readable by people and by any device of the branch. */
export interface Rescue {
  readonly format: typeof RESCUE_FORMAT;
  readonly version: typeof RESCUE_VERSION;
  readonly device: DeviceIdentity;
  readonly certificate: string;
  /** Device clock, milliseconds since 1970. */
  readonly madeAt: number;
  readonly entries: readonly unknown[];
  /** Rows as the disk gave them back, damaged. */
  readonly damaged: readonly unknown[];
  /** Held carts with changes that were not sent, each whole. */
  readonly drafts?: readonly DraftChange[] | undefined;
}

/** The file's text. */
export function rescueText(contents: Omit<Rescue, 'format' | 'version'>): string {
  const { device, certificate, madeAt, entries, damaged, drafts = [] } = contents;
  const frame = { format: RESCUE_FORMAT, version: RESCUE_VERSION } as const;
  const rescue: Rescue = { ...frame, device, certificate, madeAt, entries, damaged, drafts };
  return JSON.stringify(rescue, null, 1);
}
