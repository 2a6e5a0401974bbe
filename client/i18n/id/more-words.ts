import { abilities } from './abilities.ts';
import { care } from './care.ts';
import { catalogue } from './catalogue.ts';
import { enrol } from './enrol.ts';
import { exceptions } from './exceptions.ts';
import { goods } from './goods.ts';
import { inspector } from './inspector.ts';
import { integrations } from './integrations.ts';
import { keys } from './keys.ts';
import { kiosk } from './kiosk.ts';
import { manage } from './manage.ts';
import { moves } from './moves.ts';
import { office } from './office.ts';
import { orders } from './orders.ts';
import { pay } from './pay.ts';
import { people } from './people.ts';
import { printing } from './printing.ts';
import { reports } from './reports.ts';
import { stocktake } from './stocktake.ts';
import { sync } from './sync.ts';

/** Kata-kata semua layar dan jendela lainnya. */
export const moreWords = {
  abilities,
  care,
  catalogue,
  enrol,
  exceptions,
  goods,
  inspector,
  integrations,
  keys,
  kiosk,
  manage,
  moves,
  office,
  orders,
  pay,
  people,
  printing,
  reports,
  stocktake,
  sync,
} as const;
