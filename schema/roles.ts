import { z } from 'zod';

/** What a device was enrolled as; its credential alone decides it. */
export const deviceRoleShape = z.enum(['till', 'manager', 'developer']);
export type DeviceRole = z.infer<typeof deviceRoleShape>;

/** What a person may do. */
export const personRoleShape = z.enum(['cashier', 'manager', 'developer']);
export type PersonRole = z.infer<typeof personRoleShape>;

/** The RxDB collections of a device. Drafts and their changes join them when several people edit documents together. */
export const COLLECTIONS = ['journal', 'branchJournal', 'stock', 'products', 'company', 'edits', 'findings'] as const;
export type CollectionName = (typeof COLLECTIONS)[number];

/** Collections that devices pull. */
export const PULLED_COLLECTIONS = ['company', 'products', 'stock', 'branchJournal'] as const;
export type PulledCollection = (typeof PULLED_COLLECTIONS)[number];

export type Verb = 'pull' | 'push' | 'enrol';

type Rights = Readonly<Record<DeviceRole, Readonly<Partial<Record<CollectionName | 'devices', readonly Verb[]>>>>>;

/** The one table role × collection × verb, read by server and client. What is not listed is not allowed. */
export const RIGHTS: Rights = {
  till: { company: ['pull'], products: ['pull'], stock: ['pull'], branchJournal: ['pull'], journal: ['push'] },
  manager: {
    company: ['pull'],
    products: ['pull'],
    stock: ['pull'],
    branchJournal: ['pull'],
    journal: ['push'],
    edits: ['push'],
    devices: ['enrol'],
  },
  developer: { company: ['pull'], products: ['pull'], stock: ['pull'], branchJournal: ['pull'], journal: ['push'] },
};

/** True when a device of this role may do `verb` with `target`. */
export function mayDevice(role: DeviceRole, verb: Verb, target: CollectionName | 'devices'): boolean {
  return RIGHTS[role][target]?.includes(verb) ?? false;
}
