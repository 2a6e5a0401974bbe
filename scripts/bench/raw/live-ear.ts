import { WebSocket } from 'ws';
import { LIVE_HEARTBEAT_MS } from '../../../schema/limits.ts';
import type { LiveServerMessage } from '../../../schema/protocol/live.ts';
import { PROTOCOL_VERSION } from '../../../schema/protocol/version.ts';
import { PACKING_SIZE } from '../../../server/live/limits.ts';
import { packAtOnce } from '../../../server/live/pack-at-once.ts';
import { createPacker } from '../../../server/live/packing.ts';

/** A live socket that hears changes, and over which a till pushes what it has just sold. */
export interface LiveEar {
  /** Pushes one body, one at a time; resolves when all of it is on the server's disk. Rejects where a row was not accepted. */
  push(body: string): Promise<void>;
  /** Resolves with the clock when a stock change behind `seq` of the branch has come; rejects when the socket closed. */
  heardBehind(seq: number): Promise<number>;
  /** The branch's position that was heard last. */
  position(): number;
  /** Resolves when it was told that so many devices of the branch are there. */
  sees(devices: number): Promise<void>;
  close(): void;
}

type PushWord = Extract<LiveServerMessage, { type: 'pushed' | 'push-refused' }>;

/** As browsers pack what they say, and unpack what they hear: on the spot, where the socket is read. */
const PACKING = { own: 'client', packer: createPacker(PACKING_SIZE), bytesMax: 1024 * 1024 } as const;

/** A busy server may drop one that is opened; tills try again too. */
const TRIES = 5;

/** Opens a socket as a till does; resolves once the server said hello. */
export async function openLiveEar(origin: string, credential: string, branchScope: string): Promise<LiveEar> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await openOnce(origin, credential, branchScope);
    } catch (error) {
      if (tries === TRIES) throw error;
    }
  }
}

function openOnce(origin: string, credential: string, branchScope: string): Promise<LiveEar> {
  const socket = new WebSocket(`${origin.replace(/^http/, 'ws')}/sync/v1/live`);
  const beat = setInterval(() => {
    if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ type: 'ping', waiting: 0 }));
  }, LIVE_HEARTBEAT_MS);
  let position = 0;
  const waiting = new Map<number, PromiseWithResolvers<number>>();
  let live = 0;
  let seen: (PromiseWithResolvers<void> & { readonly devices: number }) | null = null;
  const counted = (devices: number) => {
    live = devices;
    if (seen && live >= seen.devices) seen.resolve();
  };
  let closed: Error | null = null;
  let asked = 0;
  let pushed: PromiseWithResolvers<void> | null = null;
  const answered = (message: PushWord) => {
    if (message.ask !== asked) return;
    const isTaken = message.type === 'pushed' && message.answer.verdicts.every(({ verdict }) => verdict === 'accepted');
    if (isTaken) pushed?.resolve();
    else pushed?.reject(new Error(`A push was not taken: ${JSON.stringify(message)}`));
  };
  const moved = (to: number) => {
    position = Math.max(position, to);
    for (const [seq, { resolve }] of waiting) {
      if (position <= seq) continue;
      waiting.delete(seq);
      resolve(performance.now());
    }
  };
  const ear: LiveEar = {
    push: (body) => {
      if (closed) return Promise.reject(closed);
      asked += 1;
      pushed = Promise.withResolvers();
      socket.send(`{"type":"push","ask":${asked},"push":${body}}`);
      return pushed.promise;
    },
    heardBehind: (seq) => {
      if (closed) return Promise.reject(closed);
      if (position > seq) return Promise.resolve(performance.now());
      const heard = Promise.withResolvers<number>();
      waiting.set(seq, heard);
      return heard.promise;
    },
    position: () => position,
    sees: (devices) => {
      if (closed) return Promise.reject(closed);
      const told = Promise.withResolvers<void>();
      seen = { devices, ...told };
      counted(live);
      return told.promise;
    },
    close: () => {
      clearInterval(beat);
      socket.terminate();
    },
  };
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('close', (code, reason) => {
      clearInterval(beat);
      closed = new Error(`A socket closed: ${code} ${reason}`);
      reject(closed);
      for (const heard of [...waiting.values(), pushed, seen]) heard?.reject(closed);
    });
    socket.on('open', () => {
      packAtOnce(socket, PACKING);
      socket.send(JSON.stringify({ type: 'auth', protocol: PROTOCOL_VERSION, credential }));
    });
    socket.on('message', (data: Buffer) => {
      if (bringsEntries(data)) return;
      const message = read(String(data));
      if (message.type === 'changes' && message.scope === branchScope && holdsStock(message)) moved(message.to.seq);
      if (message.type === 'pushed' || message.type === 'push-refused') answered(message);
      if (message.type === 'presence' || message.type === 'hello') counted(message.live.length);
      if (message.type !== 'hello') return;
      moved(message.positions[branchScope as keyof typeof message.positions] ?? 0);
      resolve(ear);
    });
  });
}

/** Only parsed: a thousand devices check a message each on its own processor, and here they share one. */
function read(text: string): LiveServerMessage {
  return JSON.parse(text) as LiveServerMessage;
}

/**
 * True for what follows a moment behind the counters: the entries of many sales in one message. A thousand devices read them at once, each on its own
 * processor; here one would do nothing else for half a second, and the sale that is measured just then would wait for it.
 */
function bringsEntries(message: Buffer): boolean {
  return message.subarray(0, HEAD_BYTES).includes(ENTRIES_BEGIN);
}

/** A message's type, scope and positions are shorter. */
const HEAD_BYTES = 512;
const ENTRIES_BEGIN = Buffer.from('"changes":[{"collection":"branchJournal"');

function holdsStock({ changes }: Extract<LiveServerMessage, { type: 'changes' }>): boolean {
  return changes.some(({ collection }) => collection === 'stock');
}
