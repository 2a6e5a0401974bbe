import { splitEntryId } from '../../schema/ids.ts';
import type { Cancel, Timers } from '../device/device-deps.ts';
import type { Findings } from '../store/findings.ts';
import type { Journal } from '../store/journal.ts';
import type { JournalOutbox } from './journal-outbox.ts';

export interface ForkOfferDeps {
  readonly timers: Timers;
  readonly journal: Pick<Journal, 'index'>;
  readonly findings: Pick<Findings, 'about'>;
  readonly outbox: Pick<JournalOutbox, 'sendAgain'>;
  readonly askToSend: () => void;
  readonly onFault: (error: unknown) => void;
}

/**
 * A device that was copied: what the server filed as forks goes there once more after each new connection. A server that was set back
 * unnoticed may have lost it while the other copy filled the head again, and then no head says so.
 */
export interface ForkOffer {
  /** A server speaks to this device, for the first time or again. */
  greeted(): void;
  stop(): void;
}

/** A connection must last so long first: one that comes and goes would carry the same again and again. In milliseconds. */
export const OFFER_FORKED_AFTER_MS = 60_000;

export function createForkOffer(deps: ForkOfferDeps): ForkOffer {
  let cancel: Cancel = () => undefined;
  const offer = async () => {
    const first = await firstForked(deps);
    if (first === undefined) return;
    await deps.outbox.sendAgain(first);
    deps.askToSend();
  };
  return {
    greeted: () => {
      cancel();
      cancel = deps.timers.after(OFFER_FORKED_AFTER_MS, () => void offer().catch(deps.onFault));
    },
    stop: () => cancel(),
  };
}

/** All behind it stands on it, and is a fork too. */
async function firstForked({ journal, findings }: ForkOfferDeps): Promise<number | undefined> {
  const seqs = (await findings.about('forked')).map(({ about }) => splitEntryId(about as never).seq);
  return seqs.filter((seq) => journal.index.row(seq) !== undefined).sort((left, right) => left - right)[0];
}
