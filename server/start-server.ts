import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { keepTimeMarks } from './api/time-marks.ts';
import type { Core } from './core/core.ts';
import { startCounting } from './core/count-behind.ts';
import { watchSize } from './core/database-size.ts';
import { startEmptying } from './core/empty-inbox.ts';
import type { Examiner } from './examine/examiner.ts';
import { createApp } from './http/app.ts';
import { answerOddRequests, isUpgrade } from './http/odd-requests.ts';
import { createPushGate } from './http/push-gate.ts';
import { createHeardNotes } from './live/heard.ts';
import { createHub } from './live/hub.ts';
import { createLivePushes } from './live/live-pushes.ts';
import { createLiveServer } from './live/live-server.ts';
import { createStreams } from './rxdb/streams.ts';
import { startHookLoop } from './webhooks/hook-loop.ts';

export interface ListenOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** The folder of the built app. */
  readonly appDir: string;
  /** The folder of products' pictures; left out: there are none. */
  readonly imagesDir?: string;
  /** Hosts that webhooks may call though they are private or speak no HTTPS; none where it is left out. */
  readonly webhookHosts?: readonly string[];
  /** Reads large pushes beside; left out: nobody does. It is closed with the server. */
  readonly examiner?: Examiner;
  /** PEM texts; with them the server speaks HTTPS only. */
  readonly tls?: Tls;
}

export interface Tls {
  readonly key: string;
  readonly cert: string;
}

export interface RunningServer {
  readonly port: number;
  /** Greets with another certificate from now on; connections that are open stay. Only where it speaks HTTPS. */
  certify(tls: Tls): void;
  /** Answers what has begun, then closes the listener and every socket. The core stays open. */
  close(): Promise<void>;
}

/** How long a connection is kept that nobody uses, in milliseconds: a till sells every minute or so, and need not greet anew each time. */
const KEPT_MS = 90_000;

/** How long a request may still take while the server closes, in milliseconds. */
const CLOSE_MS_MAX = 5_000;

/** Listens for HTTP and live sockets. Rejects with Node's error when the port cannot be had. */
export async function startServer(core: Core, options: ListenOptions): Promise<RunningServer> {
  const notes = createHeardNotes(core);
  const streams = createStreams(core);
  const allowedHosts: ReadonlySet<string> = new Set(options.webhookHosts);
  const { appDir, imagesDir, examiner } = options;
  const gate = createPushGate(core.deps);
  const app = createApp(core, { heard: notes.active, streams, gate, examiner, appDir, imagesDir, allowedHosts });
  const shouldUpgradeCallback = isUpgrade;
  const secure = options.tls && createSecureServer({ ...options.tls, shouldUpgradeCallback }, app);
  const server = secure ?? createServer({ shouldUpgradeCallback }, app);
  server.keepAliveTimeout = KEPT_MS;
  answerOddRequests(server, app);
  const hub = createHub(core, notes);
  const stopMarks = keepTimeMarks(core);
  const stopSize = watchSize(core);
  const live = createLiveServer(core, hub, createLivePushes(core, gate));
  server.on('upgrade', live.upgrade);
  try {
    await listen(server, options);
  } catch (error) {
    hub.close();
    streams.close();
    stopMarks();
    stopSize();
    throw error;
  }
  const hooks = startHookLoop(core, allowedHosts);
  const stopCounting = startCounting(core);
  const stopEmptying = startEmptying(core);
  const close = async (): Promise<void> => {
    hub.close();
    live.close();
    streams.close();
    stopMarks();
    stopSize();
    await Promise.all([hooks.close(), stopCounting(), stopEmptying(), closeServer(core, server)]);
    await examiner?.close();
  };
  const certify = ({ key, cert }: Tls): void => secure?.setSecureContext({ key, cert });
  return { port: (server.address() as AddressInfo).port, certify, close };
}

function listen(server: Server, { host, port }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function closeServer(core: Core, server: Server): Promise<void> {
  return new Promise((resolve) => {
    const stop = core.deps.after(CLOSE_MS_MAX, () => server.closeAllConnections());
    server.close(() => {
      stop();
      resolve();
    });
    server.closeIdleConnections();
  });
}
