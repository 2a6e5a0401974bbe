import { pinsAnswerShape } from '../../schema/protocol/pins.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { Http } from '../sync/http.ts';
import type { SyncBoard } from '../sync/sync-board.ts';
import type { Cancel, Timers } from './device-deps.ts';
import type { Live } from './live.ts';
import type { PinBook } from './pin-book.ts';

/** After an answer that brought not what was wanted, e.g. because its documents are still on their way. In milliseconds. */
const AGAIN_MS = 5_000;

/** The same without a live link, which only slows this down: where sockets are blocked, requests may come through. In milliseconds. */
const AGAIN_UNLINKED_MS = 30_000;

/** How long a person who typed a PIN waits for what it is compared with, in milliseconds. */
const TYPED_MS_MAX = 5_000;

export interface PinSyncDeps {
  readonly company: Pick<CompanyBook, 'pins' | 'people'>;
  readonly pins: PinBook;
  readonly http: Http;
  readonly board: SyncBoard;
  readonly timers: Timers;
  readonly active: Live<boolean>;
}

export interface PinSync {
  /** Somebody typed a PIN that cannot be compared yet: asks now. Resolves when it is there, or nobody should wait longer. */
  ask(): Promise<void>;
  stop(): void;
}

/**
 * Asks for verifiers whenever the branch's `pin` documents name others than this device holds. Until they come the former PINs count:
 * nobody is kept from selling by a connection.
 */
export function keepPinsFresh({ company, pins, http, board, timers, active }: PinSyncDeps): PinSync {
  let asking: Promise<void> | null = null;
  let cancel: Cancel | null = null;
  let wasOnline = false;
  let stopped = false;
  const works = (person: string) => company.people.get().some((doc) => doc.person === person);
  const markOf = (person: string) => pins.seals.get()[person]?.mark ?? '';
  /** Of whoever left, the seal alone is to go. */
  const isStale = () => company.pins.get().some(({ person, mark }) => (works(person) ? mark : '') !== markOf(person));
  const isOnline = () => board.status.get().connection === 'online';
  const look = () => {
    if (cancel === null && active.get() && isStale()) void ask();
  };
  const fetchPins = async () => {
    const answer = await http.request('GET', '/api/v1/people/pins', undefined, pinsAnswerShape);
    if (answer.ok && active.get()) await pins.take(answer.value.pins).catch(() => undefined);
    asking = null;
    if (!stopped && isStale()) later();
  };
  const ask = () => {
    asking ??= fetchPins();
    return asking;
  };
  const later = () => {
    cancel?.();
    cancel = timers.after(isOnline() ? AGAIN_MS : AGAIN_UNLINKED_MS, () => {
      cancel = null;
      look();
    });
  };
  /** A connection that comes ends the longer pause. */
  const linked = () => {
    const isNew = isOnline() && !wasOnline;
    wasOnline = isOnline();
    if (!isNew) return;
    cancel?.();
    cancel = null;
    look();
  };
  const stops = [
    company.pins.subscribe(look),
    company.people.subscribe(look),
    board.status.subscribe(linked),
    active.subscribe(look),
  ];
  return {
    ask: () => Promise.race([ask(), new Promise<void>((resolve) => timers.after(TYPED_MS_MAX, resolve))]),
    stop: () => {
      stopped = true;
      cancel?.();
      for (const stop of stops) stop();
    },
  };
}
