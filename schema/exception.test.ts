import { expect, test } from 'vitest';
import { EXCEPTION_ACTION, exceptionSubject, heldReviews, isReview, type Review } from './exception.ts';
import type { EntryId } from './ids.ts';

const review = (id: string, at: number, subject: string, action: string = EXCEPTION_ACTION) =>
  ({ id, at, kind: 'approval', body: { action, subject, approver: 'budi', reason: '' } }) as Review;
const SUBJECT = exceptionSubject({ id: 'device:7' as EntryId, flag: 'over-refunded:5000' });

test('[EXC2] a review names an entry and a flag, without the amount that may still grow', () => {
  expect(SUBJECT).toBe('device:7 over-refunded');
  expect(exceptionSubject({ id: 'device:7' as EntryId, flag: 'late' })).toBe('device:7 late');
});

test('[EXC2] only approvals of this action are reviews', () => {
  expect(isReview(review('m:1', 1, SUBJECT))).toBe(true);
  expect(isReview(review('m:1', 1, 'm:1'))).toBe(true);
  expect(isReview(review('m:1', 1, SUBJECT, 'refund'))).toBe(false);
  expect(isReview({ kind: 'sale', body: { action: EXCEPTION_ACTION } as never })).toBe(false);
});

test('[EXC3] what was seen and opened again is open, in whatever order the entries arrive', () => {
  const seen = review('m:1', 10, SUBJECT);
  const opened = review('n:1', 5, 'm:1');
  expect(heldReviews([seen, opened]).size).toBe(0);
  expect(heldReviews([opened, seen]).size).toBe(0);
  const again = review('m:3', 20, SUBJECT);
  expect(heldReviews([again, opened, seen]).get(SUBJECT)?.id).toBe('m:3');
});

test('[EXC3] of two managers who settle the same while apart the earlier one is shown, on every device', () => {
  const mine = review('m:1', 10, SUBJECT);
  const theirs = review('b:9', 10, SUBJECT);
  expect(heldReviews([mine, theirs]).get(SUBJECT)?.id).toBe('b:9');
  expect(heldReviews([theirs, mine]).get(SUBJECT)?.id).toBe('b:9');
});
