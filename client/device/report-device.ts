import {
  COMMANDS_MAX,
  type CommandResult,
  type DeviceCommand,
  type DeviceReport,
  deviceReportAnswerShape,
} from '../../schema/protocol/device-care.ts';
import { PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import type { DoneCommand, Vault } from '../store/vault.ts';
import type { Http } from '../sync/http.ts';
import type { Timers } from './device-deps.ts';
import type { Live } from './live.ts';

/** How often a device says how it is while it is connected, in milliseconds. */
export const REPORT_MS = 5 * 60_000;
/** How soon a command that had to wait is looked at again, and a device that was behind says whether it still is; in milliseconds. */
export const LATER_MS = 60_000;

/** What a device knows of itself at one moment. */
export type OwnState = Omit<DeviceReport, 'at' | 'done' | 'protocol'>;

export interface ReportDeps {
  readonly http: Pick<Http, 'request'>;
  readonly vault: Pick<Vault, 'get' | 'put'>;
  readonly timers: Timers;
  readonly clock: () => number;
  readonly online: Live<boolean>;
  readonly active: Live<boolean>;
  /** After each change of it the device speaks at once: the server left a command, or somebody else is at it. */
  readonly called: Live<unknown>;
  readonly read: () => Promise<OwnState>;
  /** Does a command; null where it must wait, as while somebody sells. */
  readonly act: (command: DeviceCommand) => Promise<CommandResult | null>;
  readonly log: (what: string) => void;
}

/**
 * Says now and then how this device is, and does what the office asks for. A command is on disk as done before the server hears of it: an
 * answer that gets lost is given again, and nothing is done twice.
 */
export function reportDevice(deps: ReportDeps): () => void {
  let stopped = false;
  let isBusy = false;
  let isAsked = false;
  let cancel = () => {};
  /** `again`: something was done that the server shall hear of. `later`: something must wait, or what was said will soon be untrue. */
  const round = async (): Promise<'again' | 'later' | 'over'> => {
    const done = (await deps.vault.get('commandsDone')) ?? [];
    const state = await deps.read();
    const report: DeviceReport = { ...state, at: deps.clock(), protocol: PROTOCOL_VERSION, done: [...done] };
    const answer = await deps.http.request('POST', '/api/v1/devices/report', report, deviceReportAnswerShape);
    if (!answer.ok) return 'over';
    // What the server does not name any more it has taken note of.
    const kept = done.filter(({ id }) => answer.value.commands.some((one) => one.id === id));
    if (kept.length < done.length) await deps.vault.put('commandsDone', kept);
    const fresh = answer.value.commands.filter(({ id }) => !done.some((one) => one.id === id));
    if (fresh.length === 0) return (state.lag ?? 0) > 0 ? 'later' : 'over';
    return (await doAll(deps, fresh, kept)) ? 'again' : 'later';
  };
  const run = async (): Promise<void> => {
    if (isBusy) {
      isAsked = true;
      return;
    }
    isBusy = true;
    let end: 'again' | 'later' | 'over' = 'over';
    try {
      do {
        isAsked = false;
        end = await round();
      } while ((isAsked || end === 'again') && isOn());
    } catch (error) {
      deps.log(`The device could not say how it is: ${String(error)}`);
    } finally {
      isBusy = false;
    }
    plan(end === 'later' ? LATER_MS : REPORT_MS);
  };
  const isOn = () => !stopped && deps.online.get() && deps.active.get();
  const plan = (ms: number): void => {
    cancel();
    if (isOn()) cancel = deps.timers.after(ms, () => void run());
  };
  const look = (): void => {
    if (isOn()) void run();
    else cancel();
  };
  const stops = [deps.online.subscribe(look), deps.active.subscribe(look), deps.called.subscribe(look)];
  look();
  return () => {
    stopped = true;
    cancel();
    for (const stop of stops) stop();
  };
}

/** Does commands in their order; false where one of them must wait. */
async function doAll(
  { act, vault, log }: ReportDeps,
  commands: readonly { readonly id: string; readonly command: DeviceCommand }[],
  kept: readonly DoneCommand[],
): Promise<boolean> {
  let done = kept;
  for (const { id, command } of commands) {
    const result = await act(command);
    if (result === null) return false;
    log(`The office asked for ${command}: ${result}`);
    done = [...done, { id, result }].slice(-COMMANDS_MAX);
    await vault.put('commandsDone', done);
  }
  return true;
}
