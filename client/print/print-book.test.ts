import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DeviceId, entryId } from '../../schema/ids.ts';
import {
  addJob,
  BEGUN_MAX,
  copyOf,
  dropJob,
  EMPTY_BOOK,
  JOBS_MAX,
  moveInBook,
  type PrintBook,
  wakeBook,
} from './print-book.ts';
import type { JobEvent } from './print-job.ts';

const OWN = '0123456789abcdef' as DeviceId;
const OTHER = 'fedcba9876543210' as DeviceId;
const receipt = (seq: number) => ({ what: 'receipt', entry: entryId(OWN, seq), label: `K1-1-${seq}` }) as const;

test('[PRINT3] a print that began is counted: the next one of that entry is a copy, also when the first failed', () => {
  const one = addJob(EMPTY_BOOK, receipt(5));
  expect(copyOf(one, OWN, entryId(OWN, 5))).toBe(0);
  const failedBefore = moveInBook(one, OWN, 1, 'fail', 'not-found');
  expect(copyOf(failedBefore, OWN, entryId(OWN, 5))).toBe(0);
  const begun = moveInBook(moveInBook(failedBefore, OWN, 1, 'retry'), OWN, 1, 'begin');
  expect(begun.jobs[0]).toMatchObject({ state: 'printing', copy: 0 });
  const again = moveInBook(moveInBook(moveInBook(begun, OWN, 1, 'fail', 'cable'), OWN, 1, 'retry'), OWN, 1, 'begin');
  expect(again.jobs[0]).toMatchObject({ state: 'printing', copy: 1 });
  expect(copyOf(again, OWN, entryId(OWN, 5))).toBe(2);
});

test('[PRINT1] a receipt that came out at last calls for nobody any more', () => {
  const failed = moveInBook(addJob(EMPTY_BOOK, receipt(5)), OWN, 1, 'fail', 'paper-out');
  const other = moveInBook(addJob(failed, receipt(6)), OWN, 2, 'fail', 'paper-out');
  const again = moveInBook(addJob(other, { ...receipt(5), through: 'page' }), OWN, 3, 'begin');
  expect(moveInBook(again, OWN, 3, 'printed').jobs.map(({ no, state }) => [no, state])).toEqual([
    [2, 'failed'],
    [3, 'done'],
  ]);
});

test('[PRINT3] what may have been printed before this book is a copy, and so is what another till sold', () => {
  const book = { ...EMPTY_BOOK, since: 7 };
  expect(copyOf(book, OWN, entryId(OWN, 7))).toBe(1);
  expect(copyOf(book, OWN, entryId(OWN, 8))).toBe(0);
  expect(copyOf(book, OWN, entryId(OTHER, 99))).toBe(1);
});

const acts = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant('add' as const), seq: fc.integer({ min: 1, max: 4 }) }),
    fc.record({
      act: fc.constant('move' as const),
      no: fc.integer({ min: 1, max: 8 }),
      event: fc.constantFrom<JobEvent>('begin', 'printed', 'fail', 'retry'),
    }),
    fc.record({ act: fc.constant('wake' as const) }),
    fc.record({ act: fc.constant('drop' as const), no: fc.integer({ min: 1, max: 8 }) }),
  ),
  { maxLength: 60 },
);

test('[PRINT3] whatever happens in whatever order, no entry begins twice as the first print', () => {
  fc.assert(
    fc.property(acts, (steps) => {
      const originals: string[] = [];
      let book: PrintBook = EMPTY_BOOK;
      for (const step of steps) {
        const before = book;
        if (step.act === 'add') book = addJob(book, receipt(step.seq));
        if (step.act === 'wake') book = wakeBook(book, [receipt(1), receipt(2)]);
        if (step.act === 'drop') book = dropJob(book, step.no);
        if (step.act !== 'move') continue;
        book = moveInBook(book, OWN, step.no, step.event);
        const was = before.jobs.find(({ no }) => no === step.no);
        const is = book.jobs.find(({ no }) => no === step.no);
        if (was?.state !== 'printing' && is?.state === 'printing' && is.copy === 0) originals.push(is.entry as string);
      }
      expect(new Set(originals).size).toBe(originals.length);
    }),
  );
});

test('[PRINT3] at the start nothing is printed by itself: it is offered, once each', () => {
  const book = moveInBook(addJob(addJob(EMPTY_BOOK, receipt(1)), receipt(2)), OWN, 1, 'begin');
  const woken = wakeBook(book, [receipt(2), receipt(3)]);
  expect(woken.jobs.map(({ label, state, fault }) => [label, state, fault])).toEqual([
    ['K1-1-1', 'failed', 'interrupted'],
    ['K1-1-2', 'failed', 'not-begun'],
    ['K1-1-3', 'failed', 'not-begun'],
  ]);
  expect(wakeBook(woken, [receipt(3)]).jobs).toEqual(woken.jobs);
});

test('[PRINT8] a drawer that did not open before a restart does not open after it', () => {
  expect(wakeBook(addJob(EMPTY_BOOK, { what: 'drawer', label: 'K1-1-1', drawer: true }), []).jobs).toEqual([]);
});

test('[PRINT1] the book has a bound; what it forgets is a copy when it is printed again', () => {
  let book = EMPTY_BOOK;
  for (let seq = 1; seq <= BEGUN_MAX + 5; seq += 1) {
    book = addJob(book, receipt(seq));
    const no = book.nextNo - 1;
    book = moveInBook(moveInBook(book, OWN, no, 'begin'), OWN, no, 'printed');
  }
  expect(book.jobs.length).toBe(JOBS_MAX);
  expect(Object.keys(book.begun).length).toBe(BEGUN_MAX);
  expect(copyOf(book, OWN, entryId(OWN, 1))).toBe(1);
  expect(copyOf(book, OWN, entryId(OWN, BEGUN_MAX + 5))).toBe(1);
  expect(copyOf(book, OWN, entryId(OWN, BEGUN_MAX + 6))).toBe(0);
});
