import type { ConnectionState } from '../device/device.ts';
import type { Cancel, Random, Timers } from '../device/device-deps.ts';
import { backoffMs } from './backoff.ts';

/*
 *              hello                    lost
 *  connecting ───────▶ online ────────────────────▶ offline ─┐
 *   ▲  │  └── strange ───┴── strange ──▶ trouble ─┐          │
 *   │  └────── lost ──────────────────────────────┼────▶     │
 *   └──────────── due, hurry ─────────────────────┴──────────┘     stop: from everywhere; start: back to connecting
 */

export type LinkState = ConnectionState | 'stopped';
export type LinkEvent = 'start' | 'hello' | 'lost' | 'strange' | 'due' | 'hurry' | 'stop';

/** Where every event leads from every state. What a link says after it is gone changes nothing. */
export const CONNECTION_TABLE: Readonly<Record<LinkState, Readonly<Record<LinkEvent, LinkState>>>> = {
  connecting: {
    start: 'connecting',
    hello: 'online',
    lost: 'offline',
    strange: 'trouble',
    due: 'connecting',
    hurry: 'connecting',
    stop: 'stopped',
  },
  online: {
    start: 'online',
    hello: 'online',
    lost: 'offline',
    strange: 'trouble',
    due: 'online',
    hurry: 'online',
    stop: 'stopped',
  },
  offline: {
    start: 'connecting',
    hello: 'offline',
    lost: 'offline',
    strange: 'offline',
    due: 'connecting',
    hurry: 'connecting',
    stop: 'stopped',
  },
  trouble: {
    start: 'connecting',
    hello: 'trouble',
    lost: 'trouble',
    strange: 'trouble',
    due: 'connecting',
    hurry: 'connecting',
    stop: 'stopped',
  },
  stopped: {
    start: 'connecting',
    hello: 'stopped',
    lost: 'stopped',
    strange: 'stopped',
    due: 'stopped',
    hurry: 'stopped',
    stop: 'stopped',
  },
};

/** What a link tells, once it is being opened: `hello`, again where another way took over, then `lost` or `strange` once. */
export interface LinkListener {
  hello(): void;
  lost(): void;
  strange(): void;
}
/** Opens a link to the server and gives the way to close it. */
export type OpenLink = (listener: LinkListener) => Cancel;

export interface Connection {
  start(): void;
  /** Tries now, if it was waiting to. */
  hurry(): void;
  /** The network failed elsewhere: what this link believes is no longer so. */
  lost(): void;
  stop(): void;
}

/** A link that lasts so long, in milliseconds, works. What breaks it sooner, as a proxy may that knows no sockets, would break each of them. */
export const LINK_HELD_MS = 10_000;

/** Keeps one link open, for ever: pauses grow up to their bound and begin short again after a link that held, or a hurry. */
export function createConnection(
  { timers, random }: { readonly timers: Timers; readonly random: Random },
  openLink: OpenLink,
  changed: (state: LinkState) => void,
): Connection {
  let state: LinkState = 'stopped';
  let failures = 0;
  let closeLink: Cancel = () => undefined;
  let cancelTimer: Cancel = () => undefined;
  let cancelHeld: Cancel = () => undefined;

  const open = () => {
    let current = true;
    const close = openLink({
      hello: () => current && step('hello'),
      lost: () => current && step('lost'),
      strange: () => current && step('strange'),
    });
    closeLink = () => {
      current = false;
      close();
    };
  };
  const wait = () => {
    cancelTimer = timers.after(backoffMs(failures, random.number()), () => step('due'));
    failures += 1;
  };
  const step = (event: LinkEvent) => {
    const before = state;
    state = CONNECTION_TABLE[before][event];
    if (state === before) return;
    if (before === 'connecting' || before === 'online') if (state !== 'online') closeLink();
    if (before === 'offline' || before === 'trouble') cancelTimer();
    if (before === 'online') cancelHeld();
    if (state === 'online') {
      cancelHeld = timers.after(LINK_HELD_MS, () => {
        failures = 0;
      });
    }
    changed(state);
    if (state === 'connecting') open();
    if (state === 'offline' || state === 'trouble') wait();
  };
  return {
    start: () => step('start'),
    hurry: () => {
      failures = 0;
      step('hurry');
    },
    lost: () => step('lost'),
    stop: () => step('stop'),
  };
}
