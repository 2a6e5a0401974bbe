import type { OutboxState } from '../device/device.ts';
import type { ErrandState } from './errand.ts';

/** What the way of own entries does, by its errand. */
const STATES: Readonly<Record<ErrandState, OutboxState>> = {
  idle: 'idle',
  busy: 'sending',
  'busy-again': 'sending',
  waiting: 'waiting',
  throttled: 'throttled',
  stopped: 'idle',
};

/** A revoked device drains: whatever its errand does, nothing new will come of it. */
export function outboxState(errand: ErrandState, revoked: boolean): OutboxState {
  return revoked ? 'revoked' : STATES[errand];
}
