import type { TillCode } from '../../schema/ids.ts';
import type { DeviceIdentity } from '../../schema/protocol/enrol.ts';
import type { Result } from '../../schema/result.ts';
import type { Device } from '../device/device.ts';
import type { EnrolFault } from '../device/enrol-device.ts';
import type { LeftJournal } from '../device/left-here.ts';
import type { Live } from '../device/live.ts';
import type { DisplaySource } from '../display/display-channel.ts';
import type { ProbeAbilities } from './abilities.ts';
import type { Camera } from './camera.ts';
import type { DisplayLanguage } from './display-language.ts';
import type { Install } from './install.ts';
import type { Kiosk, KioskWindow } from './kiosk.ts';

export interface EnrolWish {
  readonly code: string;
  /** '' for the address this app came from. */
  readonly serverAddress: string;
}

/** The way to this slot's device. */
export interface DeviceDoor {
  /** Null when this slot was never enrolled. While another tab holds the device it opens read-only. */
  open(): Promise<Device | null>;
  enrol(wish: EnrolWish): Promise<Result<DeviceIdentity, EnrolFault>>;
  /** What this browser holds of other devices, before one more is enrolled. */
  leftHere(): Promise<LeftHere>;
}

export interface LeftHere {
  /** Devices that are enrolled under other names of this browser. */
  readonly others: readonly { readonly slot: string; readonly till: TillCode }[];
  /** Journals under this name whose enrolment is lost. */
  readonly journals: readonly LeftJournal[];
}

/** What the screens need to know of time. */
export interface Clock {
  /** Milliseconds since 1970, by this device. */
  now(): number;
  /** Calls again and again; gives the way to stop. */
  every(ms: number, act: () => void): () => void;
}

/** A few small texts that survive a reload: the open cart, the language, the theme. */
export type TextStore = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** The browser's page, as far as screens touch it. */
export interface Page {
  /** False on plain http: no service worker, no keys, no camera. */
  readonly secure: boolean;
  readonly origin: string;
  /** Where a server started for the shop's network explains how a device trusts it: plain http, one port further. */
  readonly trustAddress: string;
  readonly languages: readonly string[];
  reload(): void;
  /** Opens the browser's print dialog over a page of this style; resolves when it is closed. `title` names a PDF. */
  print(sheet: { readonly title: string; readonly pageStyle: string }): Promise<void>;
  /** Hands a text to another app; null where the browser cannot. Rejects when the person gave up. */
  readonly share: ((text: string) => Promise<void>) | null;
  copy(text: string): Promise<void>;
  /** A short tone and a tremble: something was read. */
  beep(): void;
  /** Opens a window of the app, or shows the one of this name; false where the browser lets none open. */
  openWindow(path: string, name: string): boolean;
  /** Gives the person a file, where the browser puts files. */
  saveFile(name: string, content: string | Blob): void;
}

/** Everything of the world that the screens use; only main.tsx makes a real one. */
export interface AppDeps {
  /** The name of this device in this browser: `?till=NAME`, or `default`. */
  readonly slot: string;
  readonly door: DeviceDoor;
  readonly clock: Clock;
  readonly texts: TextStore;
  readonly page: Page;
  readonly camera: Camera;
  readonly probeAbilities: ProbeAbilities;
  readonly install: Install;
  readonly kiosk: Kiosk;
  readonly kioskWindow: KioskWindow;
  /** The customer display of this device. */
  readonly display: DisplaySource;
  readonly displayLanguage: DisplayLanguage;
  /** A new random id of 20 characters, for carts. */
  newId(): string;
  /** Set when a newer version of the app waits; calling it reloads into that version. */
  readonly update: Live<(() => void) | null>;
}
