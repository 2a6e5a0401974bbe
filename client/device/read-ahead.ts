import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import type { MovementBook } from '../store/movement-book.ts';
import type { Cancel, Timers } from './device-deps.ts';

/** After the start so long nothing else is read, in milliseconds: first the screen that is looked at. */
const AHEAD_MS = 2_000;

export interface ReadAheadDeps {
  readonly identity: Pick<DeviceIdentity, 'role'>;
  readonly timers: Timers;
  readonly movementBook: Pick<MovementBook, 'readAll'>;
}

/** Reads an office's journal through before somebody opens a screen that needs it whole. A disk that fails is heard of by who asks then. */
export function readAhead({ identity, timers, movementBook }: ReadAheadDeps): Cancel {
  if (identity.role === 'till') return () => undefined;
  return timers.after(AHEAD_MS, () => void movementBook.readAll().catch(() => undefined));
}
