import type { DisplayChannel } from './display-channel.ts';

/** The channel of one device of this browser; other devices of it have their own. */
export function openBrowserChannel(slot: string): DisplayChannel {
  const channel = new BroadcastChannel(`laci.display.${slot}`);
  return {
    post: (message) => channel.postMessage(message),
    onMessage: (hear) => channel.addEventListener('message', (event) => hear(event.data)),
  };
}
