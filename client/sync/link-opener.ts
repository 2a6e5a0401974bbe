import type { EnrolAnswer } from '../../schema/protocol/enrol.ts';
import type { LiveServerMessage } from '../../schema/protocol/live.ts';
import type { StatusAnswer } from '../../schema/protocol/status.ts';
import type { SyncSettings } from '../device/device.ts';
import type { DeviceDeps } from '../device/device-deps.ts';
import type { OpenLink } from './connection.ts';
import { createFallbackLink, type FallbackLink } from './fallback-link.ts';
import type { Http } from './http.ts';
import type { LiveFeedDeps } from './live-feed.ts';
import { type LiveLinkDeps, openLiveLink } from './live-link.ts';
import { openPollLink } from './poll-link.ts';
import type { ServerClock } from './server-clock.ts';
import { liveAddress } from './settings.ts';
import type { SyncBoard } from './sync-board.ts';
import { hearRefusal, type StandingListener } from './watched-http.ts';

export interface LinkOpenerDeps extends Pick<LiveLinkDeps, 'credential' | 'waiting' | 'checkpoints' | 'livePush'> {
  readonly world: Pick<DeviceDeps, 'openSocket' | 'timers'>;
  readonly http: Http;
  readonly enrolment: Pick<EnrolAnswer, 'device'>;
  readonly board: SyncBoard;
  readonly serverClock: ServerClock;
  readonly settings: () => SyncSettings;
  readonly serverOrigin: () => string;
  readonly standing: StandingListener;
  readonly onMessage: (message: LiveServerMessage) => void;
  readonly onHello: LiveFeedDeps['onHello'];
}

/** The live socket, or requests where none comes through or the device was told to use none. */
export function createLinkOpener(deps: LinkOpenerDeps): FallbackLink {
  const { world, http, board, serverClock, standing, onHello } = deps;
  // While requests come through, a socket that does not is no trouble.
  const onTrouble = (text: string): void => {
    if (!link.isWithoutSocket()) board.fault({ kind: 'not-the-server', text });
  };
  const onAnswer = (answer: StatusAnswer) => {
    serverClock.heard(answer.serverTime);
    onHello(answer.epoch, answer.head, answer.lacking?.[deps.enrolment.device.deviceId]);
  };
  const onRefused = (code: string) => hearRefusal(code, standing);
  const openPoll: OpenLink = (listener) => openPollLink(http, { onAnswer, onTrouble }, listener);
  const openLive: OpenLink = (listener) => {
    const { requestTimeoutMs: timeoutMs } = deps.settings();
    const url = liveAddress(deps.serverOrigin());
    const { credential, waiting, checkpoints, livePush, onMessage } = deps;
    const talk = { credential, waiting, checkpoints, livePush, onMessage, onTrouble, onRefused };
    return openLiveLink({ ...world, ...talk, url, timeoutMs }, listener);
  };
  const link = createFallbackLink({ timers: world.timers, openLive, openPoll, log: board.log.write });
  const isToldTo = () => deps.settings().live;
  return {
    open: (listener) => (isToldTo() ? link.open : openPoll)(listener),
    isWithoutSocket: () => !isToldTo() || link.isWithoutSocket(),
  };
}
