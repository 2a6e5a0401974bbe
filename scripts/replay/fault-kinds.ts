/**
 * What can happen between a device and the server.
 * `offline`: nothing passes for a while, what is under way breaks off. `cut`: one request breaks off at a random moment,
 * or the live socket closes. `duplicate`: a request arrives twice. `lost`: a request is performed and its response thrown away.
 * `restart`: the device is closed in the middle of its work and opened again from its own disk.
 */
export const FAULT_KINDS = ['offline', 'cut', 'duplicate', 'lost', 'restart'] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];
export type FaultCounts = Record<FaultKind, number>;

export function noFaults(): FaultCounts {
  return { offline: 0, cut: 0, duplicate: 0, lost: 0, restart: 0 };
}

export function addFaults(left: FaultCounts, right: FaultCounts): FaultCounts {
  const sum = noFaults();
  for (const kind of FAULT_KINDS) sum[kind] = left[kind] + right[kind];
  return sum;
}

/** How often each kind happens: per request; sockets and offline periods per {@link FAULT_BEAT_MS}; restarts per invoice. */
export const FAULT_CHANCE = {
  cut: 0.06,
  duplicate: 0.08,
  lost: 0.06,
  socketCut: 0.1,
  offline: 0.12,
  restart: 0.02,
} as const;
/** The rhythm in which sockets are cut and offline periods begin, in milliseconds. */
export const FAULT_BEAT_MS = 250;
/** How long a device stays offline, in milliseconds. */
export const OFFLINE_MS = { least: 300, most: 3_000 } as const;
/** A request that is cut breaks off within this time, in milliseconds: some before they arrive, some after. */
export const CUT_WITHIN_MS = 25;
