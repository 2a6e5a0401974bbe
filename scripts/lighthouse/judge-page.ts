import { pathToFileURL } from 'node:url';

/** What Lighthouse says of one page: scores from 0 to 100, and what it found wanting. */
export interface Judgement {
  readonly scores: Readonly<Record<Category, number>>;
  readonly wanting: readonly string[];
}

export const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
export type Category = (typeof CATEGORIES)[number];

/** As much of Lighthouse as is used here. */
interface Lighthouse {
  default(
    url: string,
    flags: Readonly<Record<string, unknown>>,
  ): Promise<{ lhr: { categories: Record<string, Scored>; audits: Record<string, Audit> } } | undefined>;
}
interface Scored {
  readonly score: number | null;
  readonly auditRefs: readonly { readonly id: string; readonly weight: number }[];
}
interface Audit {
  readonly title: string;
  readonly score: number | null;
  readonly displayValue?: string;
}

const ENTRY = new URL('./node_modules/lighthouse/core/index.js', import.meta.url).pathname;

/** Lets Lighthouse load the page in the Chromium at this port, with its profile as it is: an enrolled device stays one. */
export async function judgePage(url: string, port: number, form: 'mobile' | 'desktop'): Promise<Judgement> {
  const { default: lighthouse } = (await import(pathToFileURL(ENTRY).href)) as Lighthouse;
  const result = await lighthouse(url, {
    port,
    onlyCategories: [...CATEGORIES],
    disableStorageReset: true,
    logLevel: 'error',
    ...(form === 'desktop' ? DESKTOP : {}),
  });
  if (!result) throw new Error('Lighthouse gave no result.');
  const { categories, audits } = result.lhr;
  const scoreOf = (category: Category) => Math.round((categories[category]?.score ?? 0) * 100);
  const scores = Object.fromEntries(CATEGORIES.map((category) => [category, scoreOf(category)]));
  const counted = CATEGORIES.flatMap((category) => categories[category]?.auditRefs ?? []);
  const wanting = counted.flatMap(({ id, weight }) => wantingOf(audits[id], weight));
  return { scores: scores as Judgement['scores'], wanting };
}

/** Lighthouse's own figures for a desktop: no slow network, no slow processor. */
const DESKTOP = {
  formFactor: 'desktop',
  screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false },
  throttling: { rttMs: 40, throughputKbps: 10_240, cpuSlowdownMultiplier: 1 },
} as const;

function wantingOf(audit: Audit | undefined, weight: number): string[] {
  if (!audit || weight === 0 || audit.score === null || audit.score >= 0.9) return [];
  return [`${audit.title}${audit.displayValue ? `: ${audit.displayValue}` : ''}`];
}
