import { z } from 'zod';

/** What a device was enrolled as; its credential alone decides it. */
export const deviceRoleShape = z.enum(['till', 'manager', 'developer']);
export type DeviceRole = z.infer<typeof deviceRoleShape>;

/** What a person may do. */
export const personRoleShape = z.enum(['cashier', 'manager', 'developer']);
export type PersonRole = z.infer<typeof personRoleShape>;

/** The RxDB collections of a device. */
export const COLLECTIONS = [
  'journal',
  'branchJournal',
  'stock',
  'products',
  'company',
  'edits',
  'drafts',
  'draftChanges',
  'findings',
] as const;
export type CollectionName = (typeof COLLECTIONS)[number];

/** Collections that devices pull. */
export const PULLED_COLLECTIONS = ['company', 'products', 'stock', 'drafts', 'branchJournal'] as const;
export type PulledCollection = (typeof PULLED_COLLECTIONS)[number];

export type Verb = 'pull' | 'push' | 'enrol';

/** What a right is about: a collection, the enrolment of devices, or the PINs of the branch's people. */
export type Target = CollectionName | 'devices' | 'pins';

type Rights = Readonly<Record<DeviceRole, Readonly<Partial<Record<Target, readonly Verb[]>>>>>;

/** The one table role × collection × verb, read by server and client. What is not listed is not allowed. */
export const RIGHTS: Rights = {
  till: {
    company: ['pull'],
    products: ['pull'],
    stock: ['pull'],
    drafts: ['pull'],
    branchJournal: ['pull'],
    journal: ['push'],
    draftChanges: ['push'],
    pins: ['pull', 'push'],
  },
  manager: {
    company: ['pull'],
    products: ['pull'],
    stock: ['pull'],
    drafts: ['pull'],
    branchJournal: ['pull'],
    journal: ['push'],
    edits: ['push'],
    draftChanges: ['push'],
    devices: ['enrol'],
    pins: ['pull', 'push'],
  },
  developer: {
    company: ['pull'],
    products: ['pull'],
    stock: ['pull'],
    drafts: ['pull'],
    branchJournal: ['pull'],
    journal: ['push'],
    pins: ['pull'],
  },
};

/** True when a device of this role may do `verb` with `target`. */
export function mayDevice(role: DeviceRole, verb: Verb, target: Target): boolean {
  return RIGHTS[role][target]?.includes(verb) ?? false;
}

/** What a person does at a device that not everybody may do alone. */
export const PERSON_ACTIONS = [
  'refund',
  /** A discount above the shop's bound. */
  'large-discount',
  'price-override',
  /** Takes a line out of a cart that was there. */
  'void-line',
  /** Sells what is not in the catalogue. */
  'open-item',
  'cash-out',
  'tender-correction',
  'shift-close',
  /** Lets a customer owe it. */
  'credit-sale',
  /** Store credit above the customer's limit. */
  'credit-limit',
  /** Takes stock out, or corrects it, without a sale. */
  'stock-move',
  'edit',
  /** Sets somebody's PIN, adds or removes people. */
  'people',
  /** Lets somebody try again whose PIN was wrong too often. */
  'unlock',
  /** Says of something flagged that it was looked at. */
  'exception',
  /** Ends kiosk mode where only somebody who may ends it. */
  'leave-kiosk',
] as const;
export const personActionShape = z.enum(PERSON_ACTIONS);
export type PersonAction = z.infer<typeof personActionShape>;

/** The table role × action: what each may do alone. The rest needs the approval of somebody who may. */
export const PERSON_RIGHTS: Readonly<Record<PersonRole, readonly PersonAction[]>> = {
  cashier: ['void-line', 'shift-close'],
  manager: PERSON_ACTIONS,
  /** Looks at everything and decides nothing in the shop. */
  developer: [],
};

/** Written down also where a person does it alone: nothing else that is written would say it. */
export const NOTED_ACTIONS: readonly PersonAction[] = ['void-line'];

/** What a shop's settings change of the table; the settings document carries these fields. */
export interface RoleSettings {
  /** What cashiers may do alone, in place of the table's list. */
  readonly cashierMay?: readonly PersonAction[] | undefined;
  /** The largest discount that needs no approval, in basis points (1 % = 100). */
  readonly discountMaxBasisPoints?: number | undefined;
}

/** A tenth off is a usual favour to a regular; what is more is asked for. In basis points. */
export const DISCOUNT_MAX_BASIS_POINTS = 1_000;

/** True when a person of this role may do `action` without anybody's approval. Nobody known may do nothing. */
export function mayPerson(role: PersonRole | undefined, action: PersonAction, settings: RoleSettings = {}): boolean {
  if (role === undefined) return false;
  const may = role === 'cashier' ? (settings.cashierMay ?? PERSON_RIGHTS.cashier) : PERSON_RIGHTS[role];
  return may.includes(action);
}
