import type { z } from 'zod';
import { type PersonId, personIdShape } from '../../schema/ids.ts';
import { type PinVerifier, putPersonAnswerShape, setPinAnswerShape } from '../../schema/protocol/pins.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { PeopleDeps } from './open-people.ts';
import type { OnlineFault, People, PinFault, ProvenWish } from './people.ts';
import type { PinBook } from './pin-book.ts';
import { newVerifier } from './pin-crypto.ts';

export interface PeopleOnlineDeps extends PeopleDeps {
  readonly pins: PinBook;
  /** The proof of somebody's present PIN. */
  readonly prove: (person: PersonId, pin: string | null) => Promise<Result<string, PinFault>>;
}

/** What changes people, or their PINs: it needs the server, and no PIN leaves this device. */
export function createPeopleOnline(
  deps: PeopleOnlineDeps,
): Pick<People, 'setPinNow' | 'addPersonNow' | 'putPersonNow'> {
  const { world, pins } = deps;
  /** Proves who asks, then asks. */
  const ask = async <Shape extends z.ZodType>(
    { by, byPin }: ProvenWish,
    path: string,
    body: object,
    shape: Shape,
  ): Promise<Result<z.infer<Shape>, PinFault | OnlineFault>> => {
    const there = await deps.prove(by, byPin);
    if (!there.ok) return there;
    const answer = await deps.http.request('POST', path, { ...body, by, proof: there.value }, shape);
    if (answer.ok) return answer;
    const { error } = answer;
    return fail(error.kind === 'refused' ? { code: 'refused', error: error.code } : { code: 'offline' });
  };
  const put: People['putPersonNow'] = async ({ person, name, role, active, ...who }) => {
    const answer = await ask(who, `/api/v1/people/${person}`, { name, role, active }, putPersonAnswerShape);
    return answer.ok ? ok(null) : answer;
  };
  return {
    setPinNow: async ({ person, pin, ...who }) => {
      const verifier: PinVerifier = await newVerifier(world.subtle, world.random, pin);
      const answer = await ask(who, `/api/v1/people/${person}/pin`, { pin: verifier }, setPinAnswerShape);
      if (!answer.ok) return answer;
      await pins.add({ ...verifier, person, mark: answer.value.mark });
      return ok(null);
    },
    addPersonNow: (wish) => put({ ...wish, person: newPersonId(deps, wish.name), active: true }),
    putPersonNow: put,
  };
}

/** Random characters of an id whose name is taken. */
const ID_NUMBERS = 10_000;

/** The name as an id, e.g. `siti-aminah`; with a number where somebody has it, or had it: what they did stays theirs. */
function newPersonId({ company, world }: PeopleDeps, name: string): PersonId {
  const plain = name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 24);
  const number = Math.floor(world.random.number() * ID_NUMBERS);
  const id = plain === '' || company.knowsPerson(plain as PersonId) ? `${plain || 'person'}-${number}` : plain;
  return personIdShape.parse(id);
}
