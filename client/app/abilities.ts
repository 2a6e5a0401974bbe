/** What a browser may be able to do for a till, in the order in which it is told. */
export const ABILITIES = [
  'secure',
  'indexedDb',
  'locks',
  'keys',
  'serviceWorker',
  'persistence',
  'install',
  'camera',
  'wakeLock',
  'usb',
  'serial',
] as const;
export type Ability = (typeof ABILITIES)[number];

/** Without a *needed* one nothing can be sold; without a *wanted* one less is safe; the rest is comfort. */
export type Weight = 'needed' | 'wanted' | 'comfort';

export const WEIGHTS: Readonly<Record<Ability, Weight>> = {
  secure: 'needed',
  indexedDb: 'needed',
  locks: 'needed',
  keys: 'needed',
  serviceWorker: 'wanted',
  persistence: 'wanted',
  install: 'wanted',
  camera: 'comfort',
  wakeLock: 'comfort',
  usb: 'comfort',
  serial: 'comfort',
};

/** What was tried in this browser, and whether it went. */
export type FoundAbilities = Readonly<Record<Ability, boolean>>;

/** Where the app runs. */
export interface Whereabouts {
  /** An iPhone or iPad, whichever browser: all have one engine there, and one rule about storage. */
  readonly ios: boolean;
  /** Started from the home screen or as a program of its own, not in a tab. */
  readonly installed: boolean;
}

export interface BrowserReport extends Whereabouts {
  readonly found: FoundAbilities;
}

/** Finds out what this browser can do, by trying it; asks the person nothing. */
export type ProbeAbilities = () => Promise<BrowserReport>;

/** What is missing of a weight, in the order in which it is told. */
export function missing({ found }: Pick<BrowserReport, 'found'>, weight: Weight): readonly Ability[] {
  return ABILITIES.filter((ability) => WEIGHTS[ability] === weight && !found[ability]);
}

/**
 * What comes before the code is asked for: nothing can be done here; or first the Home Screen. An installed app has a storage of its own on
 * iOS, and the data of a tab there are deleted after seven days without a visit (WebKit's Intelligent Tracking Prevention).
 */
export function beforeEnrolling(report: BrowserReport): 'blocked' | 'home-screen' | null {
  if (missing(report, 'needed').length > 0) return 'blocked';
  return report.ios && !report.installed ? 'home-screen' : null;
}

/** What a browser says of its device. */
export interface DeviceSigns {
  readonly userAgent: string;
  readonly maxTouchPoints: number;
}

/** True on iPhones and iPads. An iPad calls itself a Macintosh, but no Macintosh can be touched. */
export function isIos({ userAgent, maxTouchPoints }: DeviceSigns): boolean {
  return /iPhone|iPad|iPod/.test(userAgent) || (/Macintosh/.test(userAgent) && maxTouchPoints > 1);
}
