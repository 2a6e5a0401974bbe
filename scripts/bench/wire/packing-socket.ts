import WebSocket from 'ws';
import type { OpenSocket } from '../../../client/sync/socket.ts';

/** A socket that packs what it says, as browsers do; Node's own only unpacks. */
export const openPackingSocket: OpenSocket = (url, listener) => {
  const socket = new WebSocket(url, { perMessageDeflate: { threshold: 0 } });
  socket.on('open', () => listener.opened());
  socket.on('message', (data) => listener.message(String(data)));
  socket.on('close', () => listener.closed());
  socket.on('error', () => undefined);
  return {
    send: (text) => void (socket.readyState === WebSocket.OPEN && socket.send(text)),
    close: () => socket.close(),
  };
};
