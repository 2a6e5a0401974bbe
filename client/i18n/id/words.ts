import { abilities } from './abilities.ts';
import { care } from './care.ts';
import { catalogue } from './catalogue.ts';
import { display } from './display.ts';
import { enrol } from './enrol.ts';
import { exceptions } from './exceptions.ts';
import { goods } from './goods.ts';
import { held } from './held.ts';
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
import { sell } from './sell.ts';
import { shares } from './shares.ts';
import { shell } from './shell.ts';
import { shift } from './shift.ts';
import { state } from './state.ts';
import { stocktake } from './stocktake.ts';
import { sync } from './sync.ts';
import { till } from './till.ts';

/** Every word on every screen, in this language. */
export const words = {
  care,
  integrations,
  abilities,
  display,
  keys,
  kiosk,
  shares,
  shell,
  printing,
  people,
  enrol,
  till,
  pay,
  goods,
  office,
  orders,
  reports,
  exceptions,
  manage,
  moves,
  catalogue,
  held,
  inspector,
  state,
  stocktake,
  sync,
  sell,
  shift,
} as const;
