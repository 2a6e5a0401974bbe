import { expect, test } from 'vitest';
import { entryId } from '../../schema/ids.ts';
import type { Finding } from '../store/findings.ts';
import { createManualTimers } from './manual-timers.ts';
import { createForkOffer, OFFER_FORKED_AFTER_MS } from './offer-forked.ts';

const OWN = 'd'.repeat(16) as never;

function createTrial(forked: readonly number[], rows: readonly number[]) {
  const did: string[] = [];
  const timers = createManualTimers();
  const offer = createForkOffer({
    timers,
    journal: { index: { row: (seq: number) => (rows.includes(seq) ? {} : undefined) } } as never,
    findings: { about: async () => forked.map((seq) => ({ about: entryId(OWN, seq) }) as unknown as Finding) },
    outbox: { sendAgain: async (seq) => void did.push(`again from ${seq}`) },
    askToSend: () => did.push('send'),
    onFault: (error) => did.push(String(error)),
  });
  const lasts = async (ms: number) => {
    timers.pass(ms);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { did, offer, lasts };
}

test('[SYNC30] [F14] what was filed as a fork goes again from its first entry on, once after each greeting that lasts', async () => {
  const { did, offer, lasts } = createTrial([12, 3, 9], [1, 2, 3, 9, 10, 12]);
  for (let flap = 0; flap < 5; flap += 1) {
    offer.greeted();
    await lasts(OFFER_FORKED_AFTER_MS / 2);
  }
  expect(did).toEqual([]);
  await lasts(OFFER_FORKED_AFTER_MS);
  await lasts(10 * OFFER_FORKED_AFTER_MS);
  expect(did).toEqual(['again from 3', 'send']);
  offer.greeted();
  offer.stop();
  await lasts(OFFER_FORKED_AFTER_MS);
  expect(did).toHaveLength(2);
});

test('[SYNC30] a device without forks, or whose forks are no longer on its disk, sends nothing again', async () => {
  for (const { did, offer, lasts } of [createTrial([], [1, 2]), createTrial([7], [1, 2])]) {
    offer.greeted();
    await lasts(OFFER_FORKED_AFTER_MS);
    expect(did).toEqual([]);
  }
});
