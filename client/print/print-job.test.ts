import { expect, test } from 'vitest';
import { JOB_TRANSITIONS, type JobEvent, type JobState, moveJob, type PrintJob } from './print-job.ts';

const STATES = Object.keys(JOB_TRANSITIONS) as JobState[];
const EVENTS = Object.keys(JOB_TRANSITIONS.waiting) as JobEvent[];
const jobIn = (state: JobState): PrintJob => ({
  no: 1,
  what: 'receipt',
  label: 'K1-1-1',
  state,
  fault: state === 'failed' ? 'cable' : null,
});

test('[PRINT1] every state knows what each event does', () => {
  expect(STATES).toEqual(['waiting', 'printing', 'failed', 'done']);
  for (const state of STATES) {
    expect(Object.keys(JOB_TRANSITIONS[state])).toEqual(EVENTS);
    for (const event of EVENTS) expect(STATES).toContain(JOB_TRANSITIONS[state][event]);
  }
});

test('[PRINT1] only a job that waits begins, and only a person lets one wait again', () => {
  const ways = STATES.flatMap((from) => EVENTS.map((event) => ({ from, event, to: JOB_TRANSITIONS[from][event] })));
  const moves = ways.filter(({ from, to }) => from !== to);
  expect(moves.filter(({ to }) => to === 'printing')).toEqual([{ from: 'waiting', event: 'begin', to: 'printing' }]);
  expect(moves.filter(({ to }) => to === 'waiting')).toEqual([{ from: 'failed', event: 'retry', to: 'waiting' }]);
  expect(moves.filter(({ from }) => from === 'done')).toEqual([]);
});

test('[PRINT1] a job that failed says why, and no other does', () => {
  expect(moveJob(jobIn('printing'), 'fail', 'paper-out')).toMatchObject({ state: 'failed', fault: 'paper-out' });
  expect(moveJob(jobIn('failed'), 'retry')).toMatchObject({ state: 'waiting', fault: null });
  expect(moveJob(jobIn('waiting'), 'wake')).toMatchObject({ state: 'failed', fault: 'not-begun' });
  expect(moveJob(jobIn('printing'), 'wake')).toMatchObject({ state: 'failed', fault: 'interrupted' });
});
