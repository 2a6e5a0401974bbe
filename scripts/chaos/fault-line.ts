import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../replay/random.ts';
import { type Forward, layRelay, type Middle, type Relay } from '../wire/relay.ts';
import {
  DELAY_MS_MAX,
  type LineFault,
  type LineFaultCounts,
  noLineFaults,
  PORTAL_PAGES,
  THROTTLE_BYTES_PER_S,
} from './line-faults.ts';

/** The line of one device, with faults in it. */
export interface FaultLine {
  readonly origin: string;
  /** Faults that a connection really met. */
  readonly counts: LineFaultCounts;
  /** Begins one; the one before ends. */
  begin(fault: Exclude<LineFault, 'freeze'>): void;
  /** Everything passes again; a half-open line is forgotten by the router between, as many are. */
  heal(): void;
  close(): Promise<void>;
}

/** One slice of a throttled line, in milliseconds. */
const SLICE_MS = 50;
const SLICE_BYTES = Math.round((THROTTLE_BYTES_PER_S * SLICE_MS) / 1000);

interface State {
  fault: LineFault | null;
  /** Settles when a half-open line passes something again. */
  thawed: Promise<void>;
  thaw: () => void;
  readonly counts: LineFaultCounts;
  readonly random: Random;
}

/** Lays the line of a device to a port. `inner` sees what really passes. */
export async function layFaultLine(port: number, random: Random, inner: () => Middle): Promise<FaultLine> {
  const state: State = {
    fault: null,
    thawed: Promise.resolve(),
    thaw: () => undefined,
    counts: noLineFaults(),
    random,
  };
  const relay = await layRelay(port, ({ near }) => {
    const { toServer, toDevice, closed } = inner();
    const answerForeign = (text: string) => void near.end(text);
    return {
      toServer: async (chunk, forward) => {
        if (state.fault === 'portal' && isRequest(chunk)) return answerAsPortal(state, answerForeign);
        await toServer(chunk, (bytes) => passSlowly(state, bytes, forward));
      },
      toDevice: (chunk, forward) => toDevice(chunk, (bytes) => passSlowly(state, bytes, forward)),
      closed: () => closed?.(),
    };
  });
  return {
    origin: relay.origin,
    counts: state.counts,
    begin: (fault) => begin(state, relay, fault),
    heal: () => heal(state, relay),
    close: relay.close,
  };
}

function begin(state: State, relay: Relay, fault: Exclude<LineFault, 'freeze'>): void {
  heal(state, relay);
  state.fault = fault;
  if (fault === 'half-open') Object.assign(state, halfOpen());
  if (fault !== 'cut' && fault !== 'reset') return;
  if (relay.lines.size > 0) state.counts[fault] += 1;
  for (const line of [...relay.lines]) line.end(fault);
}

function halfOpen(): Pick<State, 'thawed' | 'thaw'> {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { thawed: promise, thaw: resolve };
}

function heal(state: State, relay: Relay): void {
  const wasHalfOpen = state.fault === 'half-open';
  state.fault = null;
  if (wasHalfOpen) for (const line of [...relay.lines]) line.end('cut');
  state.thaw();
}

function answerAsPortal(state: State, answer: (text: string) => void): void {
  state.counts.portal += 1;
  answer(PORTAL_PAGES[state.random.whole(PORTAL_PAGES.length)] ?? '');
}

/** A request begins a chunk, because clients wait for the answer before the next one. */
function isRequest(chunk: Buffer): boolean {
  return /^(GET|POST|PUT|OPTIONS|HEAD) \//.test(chunk.subarray(0, 10).toString('latin1'));
}

async function passSlowly(state: State, bytes: Buffer, forward: Forward): Promise<void> {
  const { fault, counts, random } = state;
  if (fault === 'half-open') {
    counts['half-open'] += 1;
    await state.thawed;
  }
  if (fault === 'delay') {
    counts.delay += 1;
    await sleep(random.between(0, DELAY_MS_MAX));
  }
  if (fault !== 'throttle') return forward(bytes);
  counts.throttle += 1;
  for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
    await forward(bytes.subarray(at, at + SLICE_BYTES));
    if (state.fault === 'throttle') await sleep(SLICE_MS);
  }
}
