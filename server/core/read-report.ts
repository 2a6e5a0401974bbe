import type { SettingsDoc } from '../../schema/company.ts';
import { type BranchId, branchIdShape, branchScope, COMPANY_SCOPE, type Scope } from '../../schema/ids.ts';
import { REPORT_ROWS_MAX, type ReportAnswer, type ReportRequest } from '../../schema/protocol/report.ts';
import type { Contribution, Dimension } from '../../schema/report/contributions.ts';
import { COST_RULES, COSTED_DAYS_MAX, type CostRule, createSoldBook } from '../../schema/report/costs.ts';
import { growMeasures, type Measures } from '../../schema/report/measures.ts';
import { dimensionOf, type ReportBy, type ReportRow, reportKey } from '../../schema/report/report.ts';
import { type DaySpan, daysIn, splitByMonths } from '../../schema/report/report-day.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { DailySumSpan, StoredDevice } from '../store/store.ts';
import { boughtUntil } from './bought-until.ts';
import { readCompanyDoc } from './company-writer.ts';
import type { Core } from './core.ts';
import { eachDailySum } from './read-daily-sums.ts';
import { reportZoneName } from './report-zone.ts';

/**
 * A report from daily sums alone: no entry is read. About the branch of the device that asks; about others where the shop's settings let the
 * managers of each branch read all of them (I9).
 */
export async function readReport(
  core: Core,
  device: StoredDevice,
  request: ReportRequest,
): Promise<Result<ReportAnswer, 'not-allowed'>> {
  const { by, from, to, branch = device.branch } = request;
  const readable = await readableBranches(core, device);
  if (!readable.includes(branch)) return fail('not-allowed');
  const branches = by === 'branch' ? readable : [branch];
  const rows: ReportRow[] = [];
  for (const each of branches) {
    const own = await namedRows(core, device, each, await branchRows(core, each, request), by);
    rows.push(...(by === 'branch' ? [{ ...(own[0] ?? {}), key: each }] : own));
  }
  const zone = await core.store.read(reportZoneName);
  return ok({ by, from, to, ...(request.branch ? { branch } : {}), zone, rows: rows.slice(0, REPORT_ROWS_MAX) });
}

/** Another branch's tills by their codes: the device that asks does not hold their documents. Two devices of one till are one row. */
async function namedRows(
  core: Core,
  device: StoredDevice,
  branch: BranchId,
  rows: ReportRow[],
  by: ReportBy,
): Promise<ReportRow[]> {
  if (by !== 'till' || branch === device.branch) return rows;
  const devices = await core.store.read((tx) => tx.devicesOfBranch(branch));
  const codes = new Map<string, string>(devices.map(({ deviceId, till }) => [deviceId, till]));
  return rows.map((row) => ({ ...row, key: codes.get(row.key) ?? row.key }));
}

/** The own branch first. */
async function readableBranches(core: Core, { branch }: StoredDevice): Promise<readonly BranchId[]> {
  return core.store.read(async (tx) => {
    const settings: SettingsDoc | undefined = await readCompanyDoc(tx, 'settings', 'settings');
    if (!settings?.reportsOfAll) return [branch];
    const others = (await tx.scopes()).filter((scope) => scope !== COMPANY_SCOPE && scope !== branchScope(branch));
    return [branch, ...others.map((scope) => branchIdShape.parse(scope))];
  });
}

/** One branch's rows, by key, with what goods cost where that is asked for and can be said. */
async function branchRows(core: Core, branch: BranchId, { by, from, to, costs }: ReportRequest): Promise<ReportRow[]> {
  const scope = branchScope(branch);
  const span = { from, to };
  const rule = by === 'product' || costs ? costRuleOf(by, span) : undefined;
  const [sums, sold] = [createRows(by), rule && createSoldBook(rule)];
  const dimension = dimensionOf(by);
  const isOnePass = rule?.dimension === dimension;
  await eachOf(core, partsOf(scope, dimension, span, true), (row) => {
    sums.add(row);
    if (isOnePass) sold?.add(row);
  });
  if (!rule || !sold) return sums.rows();
  if (!isOnePass) await eachOf(core, partsOf(scope, rule.dimension, span, rule.days === 'any'), sold.add);
  return sold.withCosts(sums.rows(), await boughtUntil(core, branch, to));
}

function costRuleOf(by: ReportBy, span: DaySpan): CostRule | undefined {
  const rule = COST_RULES[by];
  return rule?.days === 'few' && daysIn(span) > COSTED_DAYS_MAX ? undefined : rule;
}

/** Whole months of products are read as such, where that will do: there are thirty times as many rows by the day. */
function partsOf(scope: Scope, dimension: Dimension, span: DaySpan, byMonths: boolean): readonly DailySumSpan[] {
  const { months, days } = splitByMonths(span);
  if (dimension !== 'product' || !byMonths || !months) return [{ scope, dimension, ...span }];
  return [...days.map((part) => ({ scope, dimension, ...part })), { scope, dimension: 'productMonth', ...months }];
}

async function eachOf(core: Core, parts: readonly DailySumSpan[], take: (row: Contribution) => void): Promise<void> {
  for (const part of parts) await eachDailySum(core, part, take);
}

/** Daily sums as the rows of a report. */
function createRows(by: ReportBy) {
  const sums = new Map<string, Measures>();
  return {
    add: (row: Contribution): void => addTo(sums, reportKey(by, row), row.measures),
    rows: (): ReportRow[] =>
      [...sums].map(([key, measures]) => ({ key, ...measures })).sort((left, right) => (left.key < right.key ? -1 : 1)),
  };
}

function addTo(sums: Map<string, Measures>, key: string, measures: Measures): void {
  const sum = sums.get(key);
  if (sum) growMeasures(sum, measures);
  else sums.set(key, { ...measures });
}
