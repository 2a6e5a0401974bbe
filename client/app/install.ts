import type { Live } from '../device/live.ts';
import type { TextStore } from './deps.ts';

/** `ask`: the browser can ask now. `by-hand`: iOS, where a person does it. `done`: it is. `no`: this browser cannot, or not yet. */
export type InstallState = 'ask' | 'by-hand' | 'done' | 'no';

/** The way onto the home screen or among the programs. */
export interface Install {
  readonly state: Live<InstallState>;
  /** Lets the browser ask; only in `ask`, and once. */
  ask(): Promise<void>;
}

const LATER_KEY = 'laci.install.later';

/** Is it offered by itself? Once, until somebody says "not now"; the menu always has it. */
export function isInstallOffered(state: InstallState, texts: TextStore): boolean {
  return state === 'ask' && texts.getItem(LATER_KEY) === null;
}

export function installLater(texts: TextStore): void {
  texts.setItem(LATER_KEY, '1');
}
