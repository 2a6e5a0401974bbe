import { createLive, type Live } from '../device/live.ts';
import type { Clock } from './deps.ts';

/** Something the app says to a person. A warning stays until it is closed or the next message comes. */
export interface Message {
  readonly tone: 'info' | 'warning';
  readonly text: string;
  readonly action?: { readonly label: string; readonly act: () => void };
  /** What took much to do, and is undone in one touch, stays like a warning. */
  readonly stays?: boolean;
}

export interface ShownMessage {
  readonly shown: Live<Message | null>;
  /** Says one message in the place of the present one; null takes that away. */
  say(message: Message | null): void;
  /** Does what the message offers and takes it away, or what was said in its place stays. */
  act(message: Message): void;
}

/** Long enough to read a line and reach Undo, in milliseconds. */
const INFO_SHOWN_MS = 7_000;

/** Holds the one message now shown. The time of one ends in the moment in which another is said: it never takes that one with it. */
export function createShownMessage({ every }: Pick<Clock, 'every'>): ShownMessage {
  const shown = createLive<Message | null>(null);
  let stop: (() => void) | undefined;
  const say = (message: Message | null) => {
    stop?.();
    stop = message?.tone === 'info' && !message.stays ? every(INFO_SHOWN_MS, () => say(null)) : undefined;
    shown.set(message);
  };
  const act = (message: Message) => {
    message.action?.act();
    if (shown.get() === message) say(null);
  };
  return { shown, say, act };
}
