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
  };
}

/** The display's end: what it is to show, null until a till says so. It asks once, and says nothing else. */
export function openDisplayView(channel: DisplayChannel): Live<DisplayState | null> {
  const state = createLive<DisplayState | null>(null);
  channel.onMessage((data) => {
    const message = readMessage(data);
    if (message?.type === 'show') state.set(message.state);
  });
  channel.post({ type: 'hello' });
  return state;
}
