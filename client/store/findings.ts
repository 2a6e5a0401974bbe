import { createLive, type Live } from '../device/live.ts';
import type { Shelf } from './shelf.ts';

/**
 * Something that a person should know of. `chain`: this device's journal does not hold together. `quarantined`,
 * `forked`, `refused`: the server's verdict on an own entry. `too-large`: a row no request can carry.
 * `unreadable`: a pulled document without its shape. `digest`: a collection was not as the server's, and is made so.
 * `draft`: a part of a held cart that cannot be read, or that the server refused; kept here, the last good state stays.
 * `sold-twice`: a cart was paid on two devices, one of them this. `over-refunded`: more came back of a receipt than it sold.
 * `corrected-twice`: two devices said apart how one payment was really paid. `disk`: a piece of this device's disk was damaged.
 */
export type FindingKind =
  | 'chain'
  | 'quarantined'
  | 'forked'
  | 'refused'
  | 'too-large'
  | 'unreadable'
  | 'digest'
  | 'draft'
  | 'sold-twice'
  | 'over-refunded'
  | 'corrected-twice'
  | 'disk';

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
  /** Those that a person has not dealt with yet, newest first. */
  readonly open: Live<readonly Finding[]>;
  /** Reads them from disk. */
  load(): Promise<void>;
  /** A person dealt with it: it is kept, and shown no more. */
  settle(id: string): Promise<void>;
}

/** Characters of a finding's id, as its collection allows. */
const ID_LENGTH_MAX = 60;

export function createFindings(shelf: Shelf<Finding>, clock: () => number): Findings {
  const open = createLive<readonly Finding[]>([]);
  const load = async () => {
    const all = await shelf.find({});
    open.set(all.filter(({ settled }) => !settled).sort((left, right) => right.at - left.at));
  };
  return {
    open,
    load,
    report: async (kind, about, detail) => {
      const id = `${kind}:${about}`.slice(0, ID_LENGTH_MAX);
      const finding = { id, kind, at: clock(), about: about.slice(0, 80), detail, settled: false };
      if (await shelf.insert(finding)) open.set([finding, ...open.get()]);
    },
    about: async (kind) => (await shelf.find({})).filter((finding) => finding.kind === kind),
    settle: async (id) => {
      const [finding] = await shelf.byIds([id]);
      if (finding) await shelf.replace({ ...finding, settled: true });
      await load();
    },
  };
}
