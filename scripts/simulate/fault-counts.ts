/** The kinds of faults that the simulator makes, by their numbers in the rules. */
export const FAULT_KINDS = [
  'F1',
  'F2',
  'F3',
  'F4',
  'F5',
  'F6',
  'F7',
  'F8',
  'F9',
  'F10',
  'F12',
  'F13',
  'F14',
  'F15',
  'F16',
  'F17',
  'F18',
  'F19',
  'F21',
  'F25',
  'F26',
  'F27',
  'F28',
  'F29',
  'F30',
  'F31',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/** How often each kind really happened; what was only prepared is not counted. */
export type FaultCounts = Readonly<Record<FaultKind, number>>;

export function createFaultCounter(): { count(kind: FaultKind): void; counts(): FaultCounts } {
  const counts = Object.fromEntries(FAULT_KINDS.map((kind) => [kind, 0])) as Record<FaultKind, number>;
  return {
    count: (kind) => {
      counts[kind] += 1;
    },
    counts: () => ({ ...counts }),
  };
}
