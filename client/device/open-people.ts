import type { PersonDoc } from '../../schema/company.ts';
import type { BodyOf } from '../../schema/entry/entry.ts';
import type { EntryId, PersonId } from '../../schema/ids.ts';
import { isPinLocked, PIN_DELAY_FROM } from '../../schema/pin.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { mayPerson } from '../../schema/roles.ts';
import type { CompanyBook } from '../store/company-book.ts';
import type { Journal } from '../store/journal.ts';
import type { Vault } from '../store/vault.ts';
import type { Http } from '../sync/http.ts';
import type { SyncBoard } from '../sync/sync-board.ts';
import type { DeviceDeps } from './device-deps.ts';
import { createLive, type Live } from './live.ts';
import type { AllowWish, People, PersonAtDoor, PinFault } from './people.ts';
import { createPeopleOnline } from './people-online.ts';
import { createPinBook, type PinBook } from './pin-book.ts';
import { keepPinsFresh } from './pin-sync.ts';
import { findBodyFault } from './sell-check.ts';

export interface PeopleDeps {
  readonly world: Pick<DeviceDeps, 'subtle' | 'timers' | 'random'>;
  readonly vault: Vault;
  readonly company: CompanyBook;
  readonly journal: Journal;
  readonly http: Http;
  readonly board: SyncBoard;
  readonly active: Live<boolean>;
}

export interface OpenPeople extends People {
  /** The proof of somebody's present PIN, for what else the server must be asked with one. */
  readonly prove: (person: PersonId, pin: string | null) => Promise<Result<string, PinFault>>;
  /** Reads what is on disk anew. */
  load(): Promise<void>;
  stop(): void;
}

/** The people of one open device. */
export function createPeople(deps: PeopleDeps): OpenPeople {
  const { company, vault, board } = deps;
  const locked = createLive(false);
  const nameOf = (person: PersonId) => findPerson(deps, person)?.name ?? person;
  const pins = createPinBook({
    ...deps.world,
    vault,
    onWrong: (person, failures) => {
      if (isPinLocked(failures)) board.log.write(`Locked after ${failures} wrong PINs: ${nameOf(person)}`);
      else if (failures === PIN_DELAY_FROM) board.log.write(`Wrong PIN three times: ${nameOf(person)}`);
    },
  });
  const setLocked = async (value: boolean) => {
    if (locked.get() === value) return;
    await vault.put('locked', value);
    locked.set(value);
  };
  const sync = keepPinsFresh({ ...deps, timers: deps.world.timers, pins });
  const prove = async (person: PersonId, pin: string | null) => {
    if (pin !== null && pins.seals.get()[person] === undefined && hasPin(company, pins, person)) await sync.ask();
    return proveThere(deps, pins, person, pin);
  };
  const all = peopleAtDoor(company, pins);
  return {
    all: all.people,
    locked,
    signIn: async (person, pin) => {
      const there = await prove(person, pin);
      if (!there.ok) return there;
      await vault.put('person', person);
      company.setPerson(person);
      await setLocked(false);
      return ok(null);
    },
    lock: async () => {
      const person = company.person.get();
      if (!deps.active.get() || person === undefined || !hasPin(company, pins, person.person)) return;
      await setLocked(true);
      board.log.write(`Locked, until ${person.name} or somebody else signs in`);
    },
    may: (action) => !locked.get() && mayPerson(company.person.get()?.role, action, company.settings.get()),
    note: async (wish) => {
      const person = company.person.get()?.person;
      if (person !== undefined) await writeApproval(deps, wish, person, 'self');
    },
    approve: async (wish, approver, pin) => {
      if (!isAllowed(deps, approver, wish)) return fail({ code: 'not-allowed' });
      const there = await prove(approver, pin);
      return there.ok ? writeApproval(deps, wish, approver, byOf(there.value)) : there;
    },
    unlock: async (person, approver, pin) => {
      if (!isAllowed(deps, approver, { action: 'unlock' })) return fail({ code: 'not-allowed' });
      const there = await prove(approver, pin);
      if (!there.ok) return there;
      const written = await writeApproval(deps, { action: 'unlock', subject: person }, approver, byOf(there.value));
      if (!written.ok) return written;
      await pins.tries.clear(person);
      board.log.write(`Unlocked by ${nameOf(approver)}: ${nameOf(person)}`);
      return written;
    },
    ...createPeopleOnline({ ...deps, pins, prove }),
    prove,
    load: async () => {
      await pins.load();
      locked.set((await vault.get('locked')) ?? false);
    },
    stop: () => {
      sync.stop();
      all.stop();
      pins.stop();
    },
  };
}

function findPerson({ company }: Pick<PeopleDeps, 'company'>, person: PersonId): PersonDoc | undefined {
  return company.people.get().find((doc) => doc.person === person && doc.active);
}

function isAllowed({ company }: PeopleDeps, approver: PersonId, { action }: Pick<AllowWish, 'action'>): boolean {
  return mayPerson(findPerson({ company }, approver)?.role, action, company.settings.get());
}

/** A PIN that the server knows of counts from then on, also before this device can check it. */
function hasPin(company: CompanyBook, pins: PinBook, person: PersonId): boolean {
  const doc = company.pins.get().find((pin) => pin.person === person);
  return doc ? doc.mark !== '' : pins.seals.get()[person] !== undefined;
}

/** True for who may change people where another one who may has a PIN: as the server, nobody takes the name alone for the person. */
function isGuarded(deps: PeopleDeps, pins: PinBook, person: PersonId): boolean {
  const may = (one: PersonId) => isAllowed(deps, one, { action: 'people' });
  return (
    may(person) && deps.company.people.get().some((one) => may(one.person) && hasPin(deps.company, pins, one.person))
  );
}

/** The proof of a person's PIN; '' for a person who has none, whom the name alone lets in. */
async function proveThere(
  deps: PeopleDeps,
  pins: PinBook,
  person: PersonId,
  pin: string | null,
): Promise<Result<string, PinFault>> {
  if (!deps.active.get()) return fail({ code: 'not-active' });
  if (!findPerson(deps, person)) return fail({ code: 'not-allowed' });
  if (!hasPin(deps.company, pins, person)) return isGuarded(deps, pins, person) ? fail({ code: 'no-pin' }) : ok('');
  return pin === null ? fail({ code: 'no-verifier' }) : pins.check(person, pin);
}

type By = BodyOf<'approval'>['by'];

/** How an approver proved to be there; a person without a PIN did not. */
function byOf(proof: string): By {
  return proof === '' ? undefined : 'pin';
}

/** The entry is the approver's where nobody is signed in. A disk that fails is told, never thrown at a screen. */
async function writeApproval(
  { journal, company, active }: PeopleDeps,
  { action, cart, subject, amount, basisPoints }: AllowWish,
  approver: PersonId,
  by: By,
): Promise<Result<EntryId, PinFault>> {
  const body: BodyOf<'approval'> = {
    ...{ action, approver, reason: '' },
    ...(by ? { by } : {}),
    ...(cart ? { cart } : {}),
    ...(subject ? { subject: subject.slice(0, 200).toWellFormed() } : {}),
    ...(amount === undefined ? {} : { amount }),
    ...(basisPoints === undefined ? {} : { basisPoints }),
  };
  if (!active.get()) return fail({ code: 'not-active' });
  const fault = findBodyFault('approval', body);
  if (fault) return fail(fault);
  const person = company.person.get()?.person ?? approver;
  return journal
    .append('approval', person, () => body)
    .then(
      ({ id }) => ok(id),
      () => fail({ code: 'not-written' } as const),
    );
}

/** Everybody with what stands between them and signing in; told again whenever any of it changes. */
function peopleAtDoor(company: CompanyBook, pins: PinBook) {
  const read = (): readonly PersonAtDoor[] =>
    company.people.get().map(({ person, name, role }) => {
      const { failures, waitMs } = pins.tries.of(person);
      return {
        ...{ person, name, role, hasPin: hasPin(company, pins, person) },
        ...{ failures, waitMs, locked: isPinLocked(failures) },
      };
    });
  const people = createLive(read());
  const tell = () => people.set(read());
  const sources = [company.people, company.pins, pins.seals, pins.tries.state];
  const stops = sources.map((source) => source.subscribe(tell));
  return { people, stop: () => stops.forEach((stop) => void stop()) };
}
