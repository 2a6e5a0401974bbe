import { beforeEach, expect, test } from 'vitest';
import { createShownMessage, type Message, type ShownMessage } from './shown-message.ts';

const SAVED: Message = { tone: 'info', text: 'saved' };
const CHANGED: Message = { tone: 'info', text: 'two changed', stays: true };
const REFUSED: Message = { tone: 'warning', text: 'refused' };

/** What waits for its time, the oldest first. */
let waiting: (() => void)[] = [];
let messages: ShownMessage;

beforeEach(() => {
  waiting = [];
  const every = (_everyMs: number, act: () => void) => {
    waiting.push(act);
    return () => {
      waiting = waiting.filter((other) => other !== act);
    };
  };
  messages = createShownMessage({ every });
});

/** The time of all that waits is over. */
function pass(): void {
  for (const act of waiting) act();
}

test('[MSG1] what is only told goes after its time; a warning and what took much to do stay', () => {
  messages.say(SAVED);
  expect(messages.shown.get()).toBe(SAVED);
  pass();
  expect(messages.shown.get()).toBeNull();
  for (const message of [REFUSED, CHANGED]) {
    messages.say(message);
    pass();
    expect(messages.shown.get()).toBe(message);
  }
});

test('[MSG1] the time of a message is over when the next one is said, which stays as long as it would alone', () => {
  messages.say(SAVED);
  messages.say(CHANGED);
  expect(waiting).toHaveLength(0);
  messages.say(SAVED);
  messages.say({ ...SAVED });
  expect(waiting).toHaveLength(1);
  messages.say(null);
  expect(waiting).toHaveLength(0);
});

test('[MSG1] what a message offers takes it away once done, and not what was said in its place', () => {
  const undone: Message = { tone: 'info', text: 'undone' };
  let acts = 0;
  const quiet: Message = { ...CHANGED, action: { label: 'Undo', act: () => (acts += 1) } };
  const telling: Message = { ...CHANGED, action: { label: 'Undo', act: () => messages.say(undone) } };
  messages.say(quiet);
  messages.act(quiet);
  expect([acts, messages.shown.get()]).toEqual([1, null]);
  messages.say(telling);
  messages.act(telling);
  expect(messages.shown.get()).toBe(undone);
});
