import { enrol } from './enrol.ts';
import { goods } from './goods.ts';
import { inspector } from './inspector.ts';
import { office } from './office.ts';
import { people } from './people.ts';
import { shell } from './shell.ts';
import { sync } from './sync.ts';
import { till } from './till.ts';

/** Every word on every screen, in this language. */
export const words = { shell, people, enrol, till, goods, office, inspector, sync } as const;
