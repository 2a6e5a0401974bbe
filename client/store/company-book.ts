import type {
  BranchDoc,
  CompanyDoc,
  CustomerDoc,
  DeviceDoc,
  EpochDoc,
  PersonDoc,
  PinDoc,
  PromotionDoc,
  SettingsDoc,
} from '../../schema/company.ts';
import { companyTarget, patchCompanyDoc } from '../../schema/company-edit.ts';
import type { Edit } from '../../schema/edit.ts';
import type { BranchId, PersonId } from '../../schema/ids.ts';
import type { ReceiptRules } from '../../schema/receipt.ts';
import { taxOn } from '../../schema/tax.ts';
import type { Company } from '../device/device.ts';
import { createLive, type LiveCell } from '../device/live.ts';

/** The company's documents, with the ways to fill them. */
export interface CompanyBook extends Omit<Company, 'choosePerson'> {
  load(docs: readonly CompanyDoc[]): void;
  put(docs: readonly CompanyDoc[]): void;
  remove(ids: readonly string[]): void;
  setPerson(id: PersonId | undefined): void;
  /** Lays the pending edits over these documents again; one that only an own edit makes is there as long as that edit is. */
  refresh(ids: readonly string[]): void;
  /** A document as the server has it, without pending edits. */
  serverDoc(id: string): CompanyDoc | undefined;
  doc(id: string): CompanyDoc | undefined;
  /** True also for somebody who left. */
  knowsPerson(id: PersonId): boolean;
}

/** `pendingFor` gives the edits of a document that it does not hold yet, in order; `today` the shop's day, for taxes that change. */
export function createCompanyBook(
  branch: BranchId,
  pendingFor: (id: string) => readonly Pick<Edit, 'patch'>[] = () => [],
  today: () => string = () => '',
): CompanyBook {
  /** As the server has them, and as screens see them. */
  const served = new Map<string, CompanyDoc>();
  const docs = new Map<string, CompanyDoc>();
  const settings = createLive<SettingsDoc | undefined>(undefined);
  const ownBranch = createLive<BranchDoc | undefined>(undefined);
  const people = createLive<readonly PersonDoc[]>([]);
  const pins = createLive<readonly PinDoc[]>([]);
  const devices = createLive<readonly DeviceDoc[]>([]);
  const epochs = createLive<readonly EpochDoc[]>([]);
  const customers = createLive<readonly CustomerDoc[]>([]);
  const all = createLive<readonly CompanyDoc[]>([]);
  const promotions = createLive<readonly PromotionDoc[]>([]);
  const rules = createLive<ReceiptRules | undefined>(undefined);
  const person = createLive<PersonDoc | undefined>(undefined);
  let personId: PersonId | undefined;

  const choose = () => person.set(people.get().find((candidate) => candidate.person === personId));
  const tell = () => {
    const list = [...docs.values()];
    setList(all, list);
    const ofKind = <Kind extends CompanyDoc['kind']>(kind: Kind) =>
      list.filter((doc): doc is Extract<CompanyDoc, { kind: Kind }> => doc.kind === kind);
    settings.set(ofKind('settings')[0]);
    ownBranch.set(ofKind('branch').find((doc) => doc.branch === branch));
    setList(
      people,
      ofKind('person')
        .filter((doc) => doc.active)
        .sort(byKey('name')),
    );
    setList(pins, ofKind('pin').sort(byKey('person')));
    setList(devices, ofKind('device').sort(byKey('till')));
    setList(
      epochs,
      ofKind('epoch').sort((left, right) => right.epoch.n - left.epoch.n),
    );
    setList(
      customers,
      ofKind('customer')
        .filter((doc) => doc.active)
        .sort(byKey('name')),
    );
    setList(
      promotions,
      ofKind('promotion').filter((doc) => doc.active),
    );
    setRules(
      rules,
      settings.get(),
      ofKind('tax').map((doc) => taxOn(doc, today())),
    );
    choose();
  };
  const show = (id: string) => {
    const seen = seenDoc(id, served.get(id), pendingFor(id));
    if (seen) docs.set(id, seen);
    else docs.delete(id);
  };
  const put = (changed: readonly CompanyDoc[]) => {
    for (const doc of changed) served.set(doc.id, doc);
    for (const { id } of changed) show(id);
    tell();
  };
  return {
    settings,
    branch: ownBranch,
    people,
    pins,
    devices,
    epochs,
    customers,
    promotions,
    rules,
    person,
    all,
    load: (loaded) => {
      served.clear();
      docs.clear();
      put(loaded);
    },
    put,
    remove: (ids) => {
      for (const id of ids) served.delete(id);
      for (const id of ids) show(id);
      tell();
    },
    refresh: (ids) => {
      for (const id of ids) show(id);
      tell();
    },
    serverDoc: (id) => served.get(id),
    doc: (id) => docs.get(id),
    setPerson: (id) => {
      personId = id;
      // A new day may have begun since.
      tell();
    },
    knowsPerson: (id) => docs.has(`person:${id}`),
  };
}

/** What the server gives a document that it makes, in a shop that was never restored. */
const FIRST_REVISION = { epoch: 1, n: 1 };

/** A document with its pending edits; one that cannot be read with them stays as the server has it. */
function seenDoc(
  id: string,
  served: CompanyDoc | undefined,
  pending: readonly Pick<Edit, 'patch'>[],
): CompanyDoc | undefined {
  const target = pending.length > 0 ? companyTarget(id) : null;
  if (target === null) return served;
  const patch: Edit['patch'] = Object.assign({}, ...pending.map((edit) => edit.patch));
  const seen = patchCompanyDoc(target, served, patch, served?.rev ?? FIRST_REVISION);
  return seen.ok ? seen.value : served;
}

function byKey<Key extends string>(key: Key) {
  return (left: Readonly<Record<Key, string>>, right: Readonly<Record<Key, string>>) =>
    left[key] < right[key] ? -1 : 1;
}

/** Screens read again only when a member is another object. */
function setList<Doc>(cell: LiveCell<readonly Doc[]>, next: readonly Doc[]): void {
  const held = cell.get();
  if (held.length !== next.length || next.some((doc, index) => doc !== held[index])) cell.set(next);
}

function setRules(
  cell: LiveCell<ReceiptRules | undefined>,
  settings: SettingsDoc | undefined,
  taxes: ReceiptRules['taxes'],
): void {
  if (settings === undefined) {
    cell.set(undefined);
    return;
  }
  const { currency, rounding, cashRounding } = settings;
  const held = cell.get();
  const sameWays = held?.currency === currency && held.rounding === rounding && held.cashRounding === cashRounding;
  if (!sameWays || !sameMembers(held.taxes, taxes)) cell.set({ currency, rounding, taxes, cashRounding });
}

function sameMembers(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((member, index) => isSame(member, right[index]));
}

/** A tax whose new rate counts is made anew each time. */
function isSame(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
