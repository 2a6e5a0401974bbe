import { createHash, pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';
import { type PersonId, personIdShape } from '../../schema/ids.ts';
import { PIN_ROUNDS } from '../../schema/pin.ts';
import type { PinVerifier } from '../../schema/protocol/pins.ts';
import type { PersonRole } from '../../schema/roles.ts';
import type { Core } from '../core/core.ts';
import { readVerifier } from '../core/pins.ts';
import { BRANCH } from './shop.ts';

export interface DemoPerson {
  readonly person: PersonId;
  readonly name: string;
  readonly role: PersonRole;
  readonly pin: string;
}

const demoPerson = (name: string, role: PersonRole, pin: string): DemoPerson => ({
  person: personIdShape.parse(name.toLowerCase()),
  ...{ name, role, pin },
});

/** Who works in the demo shop. Their PINs are printed at start, so that anybody can try it; no other shop gets them. */
export const DEMO_PEOPLE: readonly DemoPerson[] = [
  demoPerson('Budi', 'manager', '739150'),
  demoPerson('Sari', 'cashier', '482613'),
  demoPerson('Dewi', 'cashier', '915027'),
  demoPerson('Rini', 'cashier', '360482'),
];

export interface DemoPin {
  readonly who: DemoPerson;
  readonly verifier: PinVerifier;
}

/** The demo's PINs as the server keeps them: the same in every demo shop. */
export function makeDemoPins(): Promise<readonly DemoPin[]> {
  return Promise.all(DEMO_PEOPLE.map(async (who) => ({ who, verifier: await verifierFor(who) })));
}

const saltOf = ({ person }: DemoPerson) => `the-demo-shop-of-laci-${person}`;

async function verifierFor(who: DemoPerson): Promise<PinVerifier> {
  const salt = saltOf(who);
  const proof = (await promisify(pbkdf2)(who.pin, salt, PIN_ROUNDS, 32, 'sha256')).toString('base64url');
  return { salt, rounds: PIN_ROUNDS, verifier: createHash('sha256').update(proof).digest('base64url') };
}

/** The demo's people whose PINs nobody has changed yet; none in any other shop. */
export function readDemoPeople(core: Core): Promise<readonly DemoPerson[]> {
  return core.store.read(async (tx) => {
    const unchanged: DemoPerson[] = [];
    for (const who of DEMO_PEOPLE) {
      const verifier = await readVerifier(tx, BRANCH, who.person);
      if (verifier?.salt === saltOf(who)) unchanged.push(who);
    }
    return unchanged;
  });
}

/** What a person reads at start; '' where there is nobody to name. */
export function demoPinsText(people: readonly DemoPerson[]): string {
  if (people.length === 0) return '';
  const lines = people.map(({ name, role, pin }) => `  ${name.padEnd(6)}${role.padEnd(10)}${pin}`);
  return ["\nPINs of the demo's people (set others before you sell for real):", ...lines].join('\n');
}
