import { sameEpoch } from '../../schema/epoch.ts';
import type { Checkpoint } from '../../schema/protocol/checkpoint.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { NetFault } from './http.ts';
import type { PulledPage } from './page-shape.ts';
import type { PulledDoc } from './pulled-doc.ts';
import type { LivePlace, PullerDeps, PullFault } from './puller.ts';
import type { StoredCheckpoint } from './replication.ts';

/** A page that is on its way. */
export interface AskedPage {
  /** Where the live socket stood when it was asked for. */
  readonly place: LivePlace | null;
  /** With the milliseconds from its asking to its coming. */
  readonly answer: Promise<{ readonly page: Result<PulledPage, NetFault>; readonly tookMs: number }>;
}

export interface ReadPage {
  /** From its asking to its coming, in milliseconds. */
  readonly tookMs: number;
  readonly documents: PulledDoc[];
  readonly reached: StoredCheckpoint | null;
  /** How the round ended, or null while there is more. */
  readonly result: Result<null, PullFault> | null;
}

/** Pages in a row without a document but with more behind them: the server never makes one. */
const EMPTY_PAGES_MAX = 50;

/** Asks for the page behind a checkpoint. */
export function askPage(deps: PullerDeps, from: StoredCheckpoint | null, limit: number): AskedPage {
  const { epoch, scopes } = from ?? {};
  const place = deps.place();
  const begun = deps.clock();
  const fetching = deps.fetchPage(epoch && scopes ? { epoch, scopes } : null, limit);
  return { place, answer: fetching.then((page) => ({ page, tookMs: deps.clock() - begun })) };
}

/** Reads a page of the server behind a checkpoint, which may have been asked for; it goes on through a few empty ones. */
export async function readPage(
  deps: PullerDeps,
  from: StoredCheckpoint | null,
  limit: number,
  ahead: AskedPage | null = null,
): Promise<ReadPage> {
  let reached = from;
  let asked = ahead ?? askPage(deps, from, limit);
  for (let empty = 0; empty < EMPTY_PAGES_MAX; empty += 1) {
    const { place } = asked;
    const { page: answer, tookMs } = await asked.answer;
    if (!answer.ok) return { documents: [], reached, result: answer, tookMs };
    const page = answer.value;
    if (!sameEpoch(page.epoch, deps.epoch()))
      return { documents: [], reached, result: fail({ kind: 'epoch', epoch: page.epoch }), tookMs };
    const documents = deps.accept(page.documents);
    deps.onPage(page.documents.length);
    reached = { epoch: page.checkpoint.epoch, scopes: page.checkpoint.scopes, sweep: deps.sweep() };
    if (!page.more)
      return { documents, reached, result: isOld(page.checkpoint, place) ? fail(OLD_PAGE) : ok(null), tookMs };
    if (page.documents.length > 0) return { documents, reached, result: null, tookMs };
    asked = askPage(deps, reached, limit);
  }
  const result = fail({ kind: 'not-the-server', text: 'Empty pages without an end' } as const);
  return { documents: [], reached, result, tookMs: 0 };
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
): Promise<Omit<ReadPage, 'tookMs'>> {
  const documents: PulledDoc[] = [];
  for (let reached = from; ; ) {
    const page = await readPage(deps, reached, limit - documents.length);
    documents.push(...page.documents);
    reached = page.reached;
    if (page.result !== null || documents.length >= limit) return { documents, reached, result: page.result };
  }
}
