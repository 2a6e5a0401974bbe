import { sameEpoch } from '../../schema/epoch.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { NetFault } from './http.ts';
import type { PulledPage } from './page-shape.ts';
import type { PulledDoc } from './pulled-doc.ts';
import type { LivePlace, PullerDeps, PullFault } from './puller.ts';
import type { StoredCheckpoint } from './replication.ts';

/** A page as it came, or did not. */
export interface ComePage {
  /** Where the live socket stood when it was asked for. */
  readonly place: LivePlace | null;
  readonly answer: Result<PulledPage, NetFault>;
  /** From its asking to its coming, in milliseconds. */
  readonly tookMs: number;
}

export interface ReadPage {
  readonly documents: PulledDoc[];
  /** The server's answer, where all that it says is let in as it is. */
  readonly answer?: Uint8Array | undefined;
  /** Documents that the server gave, let in or not. */
  readonly came: number;
  readonly reached: StoredCheckpoint | null;
  /** How the round ended, or null while there is more. */
  readonly result: Result<null, PullFault> | null;
}

/** Pages in a row without a document but with more behind them: the server never makes one. */
export const EMPTY_PAGES_MAX = 50;
export const ENDLESS = fail({ kind: 'not-the-server', text: 'Empty pages without an end' } as const);

/** Asks for the page behind a checkpoint. */
export async function askPage(deps: PullerDeps, from: StoredCheckpoint | null, limit: number): Promise<ComePage> {
  const { epoch, scopes } = from ?? {};
  const place = deps.place();
  const begun = deps.clock();
  const answer = await deps.fetchPage(epoch && scopes ? { epoch, scopes } : null, limit);
  return { place, answer, tookMs: deps.clock() - begun };
}

/** Reads a page that came from behind `from`: what of it goes to disk, and where it ends. */
export function readPage(deps: PullerDeps, from: StoredCheckpoint | null, { place, answer }: ComePage): ReadPage {
  if (!answer.ok) return { documents: [], came: 0, reached: from, result: answer };
  const { epoch, documents: given, checkpoint, more, bytes } = answer.value;
  if (!sameEpoch(epoch, deps.epoch()))
    return { documents: [], came: 0, reached: from, result: fail({ kind: 'epoch', epoch }) };
  const documents = deps.accept(given);
  deps.onPage(given.length);
  const reached = { epoch: checkpoint.epoch, scopes: checkpoint.scopes, sweep: deps.sweep() };
  const end = isOld(checkpoint, place) ? fail(OLD_PAGE) : ok(null);
  const isAsGiven = documents.length === given.length && documents.every((document, at) => document === given[at]);
  return {
    documents,
    answer: isAsGiven ? bytes : undefined,
    came: given.length,
    reached,
    result: more ? null : end,
  };
}

const OLD_PAGE: PullFault = {
  kind: 'not-the-server',
  text: 'A page older than what came live before it was asked for',
};

/** True where a page ends a pull before where the socket stood already: something on the way remembers old pages. */
function isOld({ epoch, scopes }: Checkpoint, place: LivePlace | null): boolean {
  if (place === null || !sameEpoch(epoch, place.epoch)) return false;
  return Object.entries(scopes).some(([scope, { seq }]) => seq < (place.positions[scope] ?? 0));
}

/** RxDB takes a short page for the last one, so pages of the server are added up until one of RxDB's is full. */
export async function fillPage(
  deps: PullerDeps,
  from: StoredCheckpoint | null,
  limit: number,
): Promise<Pick<ReadPage, 'documents' | 'reached' | 'result'>> {
  const documents: PulledDoc[] = [];
  let reached = from;
  for (let empty = 0; empty < EMPTY_PAGES_MAX; ) {
    const page = readPage(deps, reached, await askPage(deps, reached, limit - documents.length));
    documents.push(...page.documents);
    reached = page.reached;
    if (page.result !== null || documents.length >= limit) return { documents, reached, result: page.result };
    empty = page.came > 0 ? 0 : empty + 1;
  }
  return { documents, reached, result: ENDLESS };
}
