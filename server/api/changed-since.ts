import { instantShape } from '../../schema/api/api-lists.ts';
import type { Integration } from '../../schema/api/integration.ts';
import type { ReadTx, ScopePlace } from '../store/store.ts';
import { ApiFault, scopesOf } from './api-call.ts';
import { placeAtTime } from './time-marks.ts';

/** `epoch.company.branch`: how far each scope had come, in which history. */
const POSITION = /^([0-9A-Za-z_-]{1,40})\.(\d{1,15})\.(\d{1,15})$/;

/** Where the shop stands now, as callers keep it. */
export async function positionOf(tx: ReadTx, integration: Integration): Promise<string> {
  const [company, branch] = scopesOf(integration);
  const epoch = await tx.epoch();
  return `${epoch?.id ?? ''}.${(await tx.place(company)).seq}.${(await tx.place(branch)).seq}`;
}

/** The same position with the branch further back: a list that is read in pieces. */
export async function positionAfter(tx: ReadTx, integration: Integration, branchSeq: number): Promise<string> {
  const now = await positionOf(tx, integration);
  return `${now.slice(0, now.lastIndexOf('.'))}.${branchSeq}`;
}

/**
 * Behind which place of each scope the caller wants to read. A position of another history of the server, as before a restore, counts as
 * the beginning. Throws {@link ApiFault} for what is neither a position nor a time.
 */
export async function changedSince(
  tx: ReadTx,
  integration: Integration,
  text: string | undefined,
): Promise<readonly [ScopePlace, ScopePlace]> {
  const [company, branch] = scopesOf(integration);
  const places = (ofCompany: number, ofBranch: number) =>
    [
      { scope: company, after: ofCompany },
      { scope: branch, after: ofBranch },
    ] as const;
  if (text === undefined) return places(0, 0);
  const [, epochId, ofCompany, ofBranch] = POSITION.exec(text) ?? [];
  if (epochId !== undefined) {
    const isThis = epochId === (await tx.epoch())?.id;
    return isThis ? places(Number(ofCompany), Number(ofBranch)) : places(0, 0);
  }
  const ms = instantShape.safeParse(text).success ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) throw new ApiFault('bad-request', 'updatedSince: neither a position nor a time in UTC');
  return places(await placeAtTime(tx, company, ms), await placeAtTime(tx, branch, ms));
}
