import type { Shelf } from './shelf.ts';

/**
 * Something that a person should know of. `chain`: this device's journal does not hold together. `quarantined`,
 * `forked`, `refused`: the server's verdict on an own entry. `too-large`: a row no request can carry.
 * `unreadable`: a pulled document without its shape.
 */
export type FindingKind = 'chain' | 'quarantined' | 'forked' | 'refused' | 'too-large' | 'unreadable';

export interface Finding {
  /** `kind:about`: the same thing is found once. */
  readonly id: string;
  readonly kind: FindingKind;
  readonly at: number;
  /** The id of the document it is about. */
  readonly about: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly settled: boolean;
}

export interface Findings {
  /** Writes a finding down, once per kind and document. */
  report(kind: FindingKind, about: string, detail: Finding['detail']): Promise<void>;
  about(kind: FindingKind): Promise<Finding[]>;
}

/** Characters of a finding's id, as its collection allows. */
const ID_LENGTH_MAX = 60;

export function createFindings(shelf: Shelf<Finding>, clock: () => number): Findings {
  return {
    report: async (kind, about, detail) => {
      const id = `${kind}:${about}`.slice(0, ID_LENGTH_MAX);
      await shelf.insert({ id, kind, at: clock(), about: about.slice(0, 80), detail, settled: false });
    },
    about: async (kind) => (await shelf.find({})).filter((finding) => finding.kind === kind),
  };
}
