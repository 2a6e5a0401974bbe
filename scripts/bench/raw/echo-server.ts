import { fsyncSync, openSync, writeSync } from 'node:fs';
import { type WebSocket, WebSocketServer } from 'ws';

/**
 * The physical limit of a message to many: a bare socket server that writes what it hears to a file, waits for the disk, and sends it to all.
 * Started as `node echo-server.ts FILE`; prints its port.
 */
const file = openSync(process.argv[2] ?? '', 'a');
const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false });
const sockets = new Set<WebSocket>();

server.on('listening', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
});
server.on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => sockets.delete(socket));
  socket.on('message', (data) => {
    const text = String(data);
    writeSync(file, text);
    fsyncSync(file);
    for (const other of sockets) if (other !== socket) other.send(text);
  });
});
