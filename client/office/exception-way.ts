import type { RailPage } from '../app/areas.ts';
import type { ExceptionKind } from './exception-groups.ts';

/** The screen on which what lies behind a flag is put right; none where looking at it is all there is. */
const WAYS: Partial<Readonly<Record<ExceptionKind, RailPage>>> = {
  // Goods that came back once, and stand in the stock twice.
  'over-refunded': 'movements',
  quarantined: 'movements',
  ...{ 'transfer-branch': 'movements', 'transfer-again': 'movements', 'transfer-more': 'movements' },
  ...{ gap: 'devices', forked: 'devices', revoked: 'devices', 'odd-clock': 'devices', 'z-number': 'devices' },
  'unknown-product': 'products',
  promotion: 'promotions',
  'no-approval': 'settings',
  rounding: 'paying',
  ...{ 'beyond-share': 'limits', 'share-not-given': 'limits' },
};

export function wayOf(flag: string): RailPage | undefined {
  const kind = flag.split(':')[0] ?? flag;
  return Object.hasOwn(WAYS, kind) ? WAYS[kind as ExceptionKind] : undefined;
}
