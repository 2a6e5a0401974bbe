import type { DeviceId } from '../../schema/ids.ts';
import type { ReplicaReport } from './compare.ts';
import type { FaultCounts, FaultKind } from './fault-kinds.ts';
import type { PlannedInvoice } from './plan.ts';

/** What a device's worker is started with. */
export interface DeviceJob {
  /** Slot and name in reports, e.g. `K3`. */
  readonly name: string;
  readonly origin: string;
  /** One-time enrolment code. */
  readonly code: string;
  readonly seed: number;
  /** The device's own stream of the seed. */
  readonly stream: number;
  readonly faults: readonly FaultKind[];
  readonly invoices: readonly PlannedInvoice[];
  /** Mean pause between two invoices, in milliseconds. */
  readonly pauseMs: number;
  readonly barcodes: readonly string[];
}

/** What the run asks of a device; each is answered once, with the same `ask`. */
export type DeviceRequest =
  | { readonly ask: 'enrol-codes'; readonly tills: readonly string[] }
  | { readonly ask: 'sell' }
  | { readonly ask: 'heal' }
  | { readonly ask: 'sold' }
  | { readonly ask: 'enough' }
  | { readonly ask: 'progress' }
  | { readonly ask: 'report' }
  | { readonly ask: 'close' };

/** How far a device is from holding and having sent everything. */
export interface DeviceProgress {
  readonly waiting: number;
  /** Documents behind the server; null while it cannot be asked. */
  readonly lag: number | null;
  readonly connection: string;
}

export interface DeviceAnswers {
  readonly 'enrol-codes': readonly string[];
  readonly sell: { readonly entries: number; readonly samples: number };
  readonly heal: FaultCounts;
  /** Invoices written so far. */
  readonly sold: number;
  /** No invoice is begun any more. */
  readonly enough: null;
  readonly progress: DeviceProgress;
  readonly report: ReplicaReport & { readonly deviceId: DeviceId };
  readonly close: null;
}

/** A worker's word: ready after its first full sync, the answer to a request, or its failure. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  | { readonly type: 'answer'; readonly ask: DeviceRequest['ask']; readonly value: unknown }
  | { readonly type: 'failed'; readonly text: string };
