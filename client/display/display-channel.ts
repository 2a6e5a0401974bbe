import { createLive, type Live } from '../device/live.ts';
import { type DisplayMessage, type DisplayState, readMessage } from './display-state.ts';

/** The way between the windows of one browser: whatever one posts the others hear. */
export interface DisplayChannel {
  post(message: DisplayMessage): void;
  onMessage(hear: (data: unknown) => void): void;
}

/** The till's end. */
export interface DisplaySource {
  /** Shows this from now on, also in displays that open later. */
  show(state: DisplayState): void;
  /** Another window has the till now: this one answers displays no more, until it shows something again. */
  fallSilent(): void;
}

/** Says what to show, and says it again to each display that asks. */
export function createDisplaySource(channel: DisplayChannel): DisplaySource {
  let shown: DisplayState | null = null;
  channel.onMessage((data) => {
    if (readMessage(data)?.type === 'hello' && shown) channel.post({ type: 'show', state: shown });
  });
  return {
    show: (state) => {
      shown = state;
      channel.post({ type: 'show', state });
    },
    fallSilent: () => {
      shown = null;
    },
  };
}

/** How often a display asks whether its till is there, in milliseconds. It asks, because a till behind other windows counts slowly. */
const ASK_EVERY_MS = 5_000;
/** Questions without an answer after which the till is gone. */
export const UNANSWERED_MAX = 3;

/** The display's end: what it is to show, null until a till says so. It asks, and says nothing else; a till that is gone leaves no cart on it. */
export function openDisplayView(
  channel: DisplayChannel,
  every: (ms: number, act: () => void) => void,
): Live<DisplayState | null> {
  const state = createLive<DisplayState | null>(null);
  let unanswered = 0;
  const show = (next: DisplayState) => {
    if (JSON.stringify(next) !== JSON.stringify(state.get())) state.set(next);
  };
  channel.onMessage((data) => {
    const message = readMessage(data);
    if (message?.type !== 'show') return;
    unanswered = 0;
    show(message.state);
  });
  const ask = () => {
    const last = state.get();
    if (unanswered >= UNANSWERED_MAX && last) show({ ...last, show: { at: 'idle' } });
    unanswered += 1;
    channel.post({ type: 'hello' });
  };
  ask();
  every(ASK_EVERY_MS, ask);
  return state;
}
