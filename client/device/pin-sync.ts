import { pinsAnswerShape } from '../../schema/protocol/pins.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { Http } from '../sync/http.ts';
import type { SyncBoard } from '../sync/sync-board.ts';
import type { Cancel, Timers } from './device-deps.ts';
import type { Live } from './live.ts';
import type { PinBook } from './pin-book.ts';

/** After an answer that brought not what was wanted, e.g. because its documents are still on their way. In milliseconds. */
const AGAIN_MS = 5_000;

export interface PinSyncDeps {
  readonly company: Pick<CompanyBook, 'pins' | 'people'>;
  readonly pins: PinBook;
  readonly http: Http;
  readonly board: SyncBoard;
  readonly timers: Timers;
  readonly active: Live<boolean>;
}

/**
 * Asks for verifiers whenever the branch's `pin` documents name others than this device holds, and it is online. Until they come the
 * former PINs count: nobody is kept from selling by a connection.
 */
export function keepPinsFresh({ company, pins, http, board, timers, active }: PinSyncDeps): { stop(): void } {
  let asking = false;
  let cancel: Cancel | null = null;
  const works = (person: string) => company.people.get().some((doc) => doc.person === person);
  const markOf = (person: string) => pins.seals.get()[person]?.mark ?? '';
  /** Of whoever left, the seal alone is to go. */
  const isStale = () => company.pins.get().some(({ person, mark }) => (works(person) ? mark : '') !== markOf(person));
  const look = () => {
    if (asking || cancel !== null || !active.get() || !isStale()) return;
    if (board.status.get().connection === 'online') void ask();
  };
  const ask = async () => {
    asking = true;
    const answer = await http.request('GET', '/api/v1/people/pins', undefined, pinsAnswerShape);
    if (answer.ok && active.get()) await pins.take(answer.value.pins).catch(() => undefined);
    asking = false;
    if (!isStale()) return;
    cancel = timers.after(AGAIN_MS, () => {
      cancel = null;
      look();
    });
  };
  const stops = [
    company.pins.subscribe(look),
    company.people.subscribe(look),
    board.status.subscribe(look),
    active.subscribe(look),
  ];
  return {
    stop: () => {
      cancel?.();
      for (const stop of stops) stop();
    },
  };
}
