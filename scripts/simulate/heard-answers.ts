import type { DeviceId } from '../../schema/ids.ts';
import type { WireAnswer, WireRequest } from './server-request.ts';

/** What the server itself told each device about that device's entries, as it crossed the wire. */
export interface HeardAnswers {
  answer(deviceId: DeviceId, request: WireRequest, answer: WireAnswer): void;
  live(deviceId: DeviceId, text: string): void;
  /** The server named this entry in a verdict that acknowledges, in that epoch. */
  wasNamed(deviceId: DeviceId, epoch: number, id: string, hash: string): boolean;
  /** The server said that it holds everything up to here, in that epoch. */
  wasHead(deviceId: DeviceId, epoch: number, seq: number, hash: string): boolean;
  /** Verdicts that no honest device gets: told, and forgotten. */
  takeOdd(): readonly { readonly deviceId: DeviceId; readonly id: string; readonly verdict: string }[];
}

const ACKNOWLEDGING = new Set(['accepted', 'duplicate', 'quarantined', 'forked']);
/** Where a device hears of its own entries. */
const TELLING = new Set(['/sync/v1/journal/push', '/sync/v1/status', '/enrol/v1/readmit']);
const USUAL = new Set(['accepted', 'duplicate']);

interface Answer {
  readonly epoch?: { readonly n: number };
  readonly head?: { readonly seq: number; readonly hash: string };
  readonly verdicts?: readonly { readonly id?: string; readonly hash?: string; readonly verdict: string }[];
}

export function createHeardAnswers(): HeardAnswers {
  const named = new Set<string>();
  let odd: { deviceId: DeviceId; id: string; verdict: string }[] = [];
  const take = (deviceId: DeviceId, { epoch, head, verdicts = [] }: Answer): void => {
    if (epoch === undefined) return;
    if (head) named.add(`${deviceId} ${epoch.n} ${head.seq} ${head.hash}`);
    for (const { id = '', hash = '', verdict } of verdicts) {
      if (ACKNOWLEDGING.has(verdict)) named.add(`${deviceId} ${epoch.n} ${id} ${hash}`);
      if (!USUAL.has(verdict)) odd.push({ deviceId, id, verdict });
    }
  };
  return {
    answer: (deviceId, { method, path }, { status, text }) => {
      if (method !== 'POST' || status !== 200) return;
      if (TELLING.has(path)) take(deviceId, JSON.parse(text) as Answer);
    },
    live: (deviceId, text) => {
      if (text.startsWith('{"type":"hello"')) take(deviceId, JSON.parse(text) as Answer);
    },
    wasNamed: (deviceId, epoch, id, hash) => named.has(`${deviceId} ${epoch} ${id} ${hash}`),
    wasHead: (deviceId, epoch, seq, hash) => named.has(`${deviceId} ${epoch} ${seq} ${hash}`),
    takeOdd: () => {
      const taken = odd;
      odd = [];
      return taken;
    },
  };
}
