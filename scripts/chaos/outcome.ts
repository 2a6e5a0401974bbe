import { median } from '../bench/statistics.ts';
import type { ChaosArguments } from './arguments.ts';
import type { BrowserChaosOutcome } from './browser-chaos.ts';
import type { ServerChaosOutcome } from './server-chaos.ts';

/** Both halves of a run; null where none was asked for. */
export interface ChaosOutcome {
  readonly server: ServerChaosOutcome | null;
  readonly browser: BrowserChaosOutcome | null;
}

/** A server that was killed must serve again within this time, in milliseconds. */
const RESTART_MS_MAX = 10_000;
/** Violations shown in full; the rest is counted. */
const VIOLATIONS_SHOWN = 50;

/** Everything that is wrong; empty when all holds. */
export function violationsOf({ server, browser }: ChaosOutcome): string[] {
  const slow = server?.restartsMs.filter((ms) => ms > RESTART_MS_MAX) ?? [];
  return [
    ...(server?.violations ?? []),
    ...slow.map((ms) => `a restart took ${ms} ms, more than ${RESTART_MS_MAX}`),
    ...(browser?.violations.map((text) => `browser: ${text}`) ?? []),
  ];
}

/** The last line, as an object. */
export function chaosResult({ tills, seed }: ChaosArguments, outcome: ChaosOutcome, seconds: number) {
  const { server, browser } = outcome;
  const violations = violationsOf(outcome);
  const sum = (name: 'sales' | 'lost' | 'doubled') => (server?.[name] ?? 0) + (browser?.[name] ?? 0);
  const restarts = server?.restartsMs ?? [];
  return {
    kills: restarts.length,
    browserKills: browser?.kills ?? 0,
    sales: sum('sales'),
    acknowledged: server?.acknowledged ?? 0,
    lost: sum('lost'),
    doubled: sum('doubled'),
    stockMismatches: server?.stockMismatches ?? 0,
    restartMs: restarts.length === 0 ? null : { median: median(restarts), max: Math.max(...restarts) },
    faults: server?.faults ?? {},
    ...(server ? { inPush: server.kills.inPush, moments: server.kills.moments } : {}),
    ...(server ? { batches: { stored: server.kills.stored, notStored: server.kills.notStored } } : {}),
    ...(browser ? { checkouts: { whole: browser.whole, never: browser.never, late: browser.late } } : {}),
    ...{ tills, seed, seconds },
    violations: violations.slice(0, VIOLATIONS_SHOWN),
  };
}

/** The run for people. */
export function chaosText(outcome: ChaosOutcome): string {
  const { server, browser } = outcome;
  const violations = violationsOf(outcome);
  return [
    ...(server ? [serverText(server)] : []),
    ...(browser ? [browserText(browser)] : []),
    ...violations.slice(0, VIOLATIONS_SHOWN).map((text) => `WRONG ${text}`),
    ...(violations.length > VIOLATIONS_SHOWN ? [`… and ${violations.length - VIOLATIONS_SHOWN} more`] : []),
  ].join('\n');
}

function serverText({ kills, sales, acknowledged, restartsMs }: ServerChaosOutcome): string {
  const { body, work, answer } = kills.moments;
  return (
    `${restartsMs.length} kills of the server, ${kills.inPush} with a push open (${body} at half of its body, ${work} at work, ` +
    `${answer} with the answer on its way); ${kills.stored} of these pushes were stored whole, ${kills.notStored} not at all; ` +
    `${sales} invoices, ${acknowledged} entries acknowledged`
  );
}

function browserText({ kills, whole, never, late }: BrowserChaosOutcome): string {
  return `${kills} kills of the browser at checkout: ${whole} sales were whole, ${never} had never begun; ${late} more came after the receipt`;
}
