import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { DIGESTED_COLLECTIONS, type DigestedCollection } from '../../schema/protocol/digest.ts';
import type { PulledCollection } from '../../schema/roles.ts';
import type { Findings } from '../store/findings.ts';
import type { Shelf } from '../store/shelf.ts';
import { compareCollection, type Difference, digestRow, type HeldRows } from './compare-collection.ts';
import type { Tried } from './errand.ts';
import type { Http, NetFault } from './http.ts';
import type { PullRounds } from './pull-rounds.ts';
import type { PulledDoc } from './pulled-doc.ts';

export interface LevelCheckDeps {
  readonly http: Pick<Http, 'request'>;
  readonly shelf: (collection: PulledCollection) => Pick<Shelf<PulledDoc>, 'find' | 'byIds' | 'remove'>;
  readonly rounds: Pick<PullRounds, 'quietly' | 'markBehind'>;
  readonly findings: Pick<Findings, 'report'>;
  /** These are pulled from the beginning at the next pull. */
  readonly startOver: (collections: readonly PulledCollection[]) => Promise<void>;
  readonly askPull: () => void;
  /** What is held of a collection is what the server has. */
  readonly onLevel: (collection: DigestedCollection) => Promise<void>;
  readonly onCompared: () => void;
  readonly onFault: (fault: NetFault) => void;
}

/** Ids that one finding names; a person needs no longer list. */
const NAMED_MAX = 20;

/** Compares what is held with the server, and makes it the same. Ends early, not done, where something comes that goes first. */
export interface LevelCheck {
  /** Pulls anew where something is missing or other, and takes away what only this device has. */
  repair(mayGoOn: () => boolean): Promise<Tried>;
  /** After a new epoch: takes away what only this device has, silently, because it is of the old one. */
  sweep(mayGoOn: () => boolean): Promise<Tried>;
}

export function createLevelCheck(deps: LevelCheckDeps): LevelCheck {
  const each = async (
    mayGoOn: () => boolean,
    act: (collection: DigestedCollection, held: HeldRows, found: Difference) => Promise<boolean>,
  ): Promise<Tried> => {
    for (const collection of DIGESTED_COLLECTIONS) {
      if (!mayGoOn()) return { done: false };
      const held = await readHeld(deps, collection);
      if (held === null) return { done: false };
      const compared = await compareCollection(deps.http, collection, held);
      if (!compared.ok) {
        deps.onFault(compared.error);
        return { done: false, notBeforeMs: (compared.error.kind === 'refused' && compared.error.retryAfterMs) || 0 };
      }
      if (compared.value === null) {
        deps.askPull();
        return { done: false };
      }
      deps.onCompared();
      if (!(await act(collection, held, compared.value))) return { done: false };
    }
    return { done: true };
  };
  /** Per collection what was pulled for the last time: where a pull does not bring it, e.g. a document without its shape, the next does not. */
  const pulledFor = new Map<DigestedCollection, string>();
  const isWorthAPull = (collection: DigestedCollection, { missing, other }: Difference): boolean => {
    const wanted = [...missing, ...other].sort().join(' ');
    const before = pulledFor.get(collection) ?? '';
    pulledFor.set(collection, wanted);
    return wanted !== before;
  };
  return {
    repair: (mayGoOn) =>
      each(mayGoOn, async (collection, held, compared) => {
        const found = askedFor(collection, compared);
        const differing = [...found.missing, ...found.other, ...found.extra];
        const pullIsDue = isWorthAPull(collection, found);
        if (differing.length === 0) {
          await deps.onLevel(collection);
          return true;
        }
        await report(deps, collection, found);
        // What a pull from the beginning does not bring either, the server does not have: a draft that ended long ago is served no more.
        if (!pullIsDue || found.missing.length + found.other.length === 0)
          return removeExtra(deps, collection, held, compared);
        await pullAnew(deps, collection);
        return true;
      }),
    sweep: (mayGoOn) =>
      each(mayGoOn, (collection, held, compared) =>
        removeExtra(deps, collection, held, askedFor(collection, compared)),
      ),
  };
}

/** A draft that only this device has as open may have ended: the server's word is asked for before it is taken away. */
function askedFor(collection: DigestedCollection, { missing, other, extra }: Difference): Difference {
  return collection === 'drafts' ? { missing, other: [...other, ...extra], extra: [] } : { missing, other, extra };
}

/** Rows and checkpoint of one moment; null when a pull must come first. */
async function readHeld({ rounds, shelf, askPull }: LevelCheckDeps, collection: DigestedCollection) {
  const held = await rounds.quietly(collection, async (checkpoint: Checkpoint): Promise<HeldRows> => {
    const documents = await shelf(collection).find({});
    const counted = collection === 'drafts' ? documents.filter((document) => !('ending' in document)) : documents;
    return { checkpoint, rows: counted.map((document) => digestRow(collection, document)) };
  });
  if (held === null) askPull();
  return held;
}

/** Only what still is as it was compared: what came live meanwhile stays. False when it could not be done now. */
async function removeExtra(
  { rounds, shelf }: LevelCheckDeps,
  collection: DigestedCollection,
  { rows }: HeldRows,
  { extra }: Difference,
): Promise<boolean> {
  if (extra.length === 0) return true;
  const compared = new Map(rows);
  const removed = await rounds.quietly(collection, async () => {
    const now = (await shelf(collection).byIds(extra)).map((document) => digestRow(collection, document));
    await shelf(collection).remove(now.flatMap(([id, mark]) => (compared.get(id) === mark ? [id] : [])));
    return true;
  });
  return removed !== null;
}

async function pullAnew({ startOver, rounds, askPull }: LevelCheckDeps, collection: PulledCollection): Promise<void> {
  await startOver([collection]);
  rounds.markBehind();
  askPull();
}

async function report({ findings }: LevelCheckDeps, collection: DigestedCollection, found: Difference): Promise<void> {
  const named = (ids: readonly string[]) => ({ count: ids.length, ids: ids.slice(0, NAMED_MAX) });
  const detail = { missing: named(found.missing), other: named(found.other), extra: named(found.extra) };
  const [first = ''] = [...found.missing, ...found.other, ...found.extra];
  await findings.report('digest', `${collection}:${first}`, { collection, ...detail });
}
