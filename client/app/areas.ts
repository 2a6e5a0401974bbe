import type { DeviceRole } from '../../schema/roles.ts';

/** The parts of the app, and the screens of each: their hash path is `/<page>`. */
export const PAGES = {
  till: ['sell', 'receipts', 'shift', 'unconfirmed', 'credit', 'receive', 'adjust', 'stocktake', 'sync', 'printing'],
  office: [
    'stock',
    'movements',
    'sales',
    'reports',
    'exceptions',
    'limits',
    'products',
    'orders',
    'customers',
    'promotions',
    'settings',
    'paying',
    'conflicts',
    'people',
    'audit',
    'devices',
    'integrations',
    'returned',
  ],
  inspector: ['inspector'],
} as const;

export type Area = keyof typeof PAGES;
export type Page = (typeof PAGES)[Area][number];

const AREAS_BY_ROLE: Readonly<Record<DeviceRole, readonly Area[]>> = {
  till: ['till', 'inspector'],
  manager: ['till', 'office', 'inspector'],
  developer: ['till', 'office', 'inspector'],
};

/** Where each role begins its day. */
const HOME: Readonly<Record<DeviceRole, Page>> = { till: 'sell', manager: 'stock', developer: 'inspector' };

export function areasOf(role: DeviceRole): readonly Area[] {
  return AREAS_BY_ROLE[role];
}

export function pagesOf(area: Area): readonly Page[] {
  return PAGES[area];
}

/** Pages that no rail shows: the inspector is one screen, and the printer's settings are behind the menu. */
const BESIDE = ['inspector', 'printing'] as const;
export type RailPage = Exclude<Page, (typeof BESIDE)[number]>;

/** The screens of an area's rail, in its order. */
export function railOf(area: Area): readonly RailPage[] {
  return pagesOf(area).filter((page): page is RailPage => !(BESIDE as readonly Page[]).includes(page));
}

/** The screen beside `page` in its rail: `step` 1 for the one after, -1 for the one before; around at the ends. */
export function besideInRail(page: Page, step: 1 | -1): RailPage | undefined {
  const rail = railOf(areaOf(page));
  const index = (rail as readonly Page[]).indexOf(page);
  return rail.at((Math.max(index, step === 1 ? -1 : 0) + step) % rail.length);
}

/** The page that a hash path names, or the role's first one when it names none that this role has. */
export function pageAt(path: string, role: DeviceRole): Page {
  const name = path.split('/')[1] ?? '';
  const known = areasOf(role)
    .flatMap(pagesOf)
    .find((page) => page === name);
  return known ?? HOME[role];
}

export function areaOf(page: Page): Area {
  const areas = Object.keys(PAGES) as Area[];
  return areas.find((area) => pagesOf(area).includes(page)) ?? 'till';
}
