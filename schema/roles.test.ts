import { expect, test } from 'vitest';
import {
  COLLECTIONS,
  deviceRoleShape,
  mayDevice,
  mayPerson,
  PERSON_ACTIONS,
  PERSON_RIGHTS,
  PULLED_COLLECTIONS,
  personRoleShape,
  RIGHTS,
  type Verb,
} from './roles.ts';

const VERBS: readonly Verb[] = ['pull', 'push', 'enrol'];
const TARGETS = [...COLLECTIONS, 'devices', 'pins'] as const;

/** All that each role may do, written out a second time: a change of the table must be meant. */
const ALLOWED = {
  till: [
    'pull branchJournal',
    'pull stock',
    'pull products',
    'pull company',
    'pull drafts',
    'push journal',
    'push draftChanges',
    'pull pins',
    'push pins',
  ],
  manager: [
    'pull branchJournal',
    'pull stock',
    'pull products',
    'pull company',
    'pull drafts',
    'push journal',
    'push edits',
    'push draftChanges',
    'enrol devices',
    'pull pins',
    'push pins',
  ],
  developer: [
    'pull branchJournal',
    'pull stock',
    'pull products',
    'pull company',
    'pull drafts',
    'pull pins',
    'push journal',
  ],
} as const;

test.each(deviceRoleShape.options)('[ROLE1] a %s may do what the table says, and nothing else', (role) => {
  const may = VERBS.flatMap((verb) =>
    TARGETS.filter((target) => mayDevice(role, verb, target)).map((target) => `${verb} ${target}`),
  );
  expect(may.sort()).toEqual([...ALLOWED[role]].sort());
});

test('[ROLE1] the table names every role, and only those', () => {
  expect(Object.keys(RIGHTS).sort()).toEqual([...deviceRoleShape.options].sort());
});

test('[I8] no role pushes master data, stock or what others wrote', () => {
  for (const role of deviceRoleShape.options) {
    for (const collection of PULLED_COLLECTIONS) expect(mayDevice(role, 'push', collection)).toBe(false);
  }
});

test("[ROLE1] nobody pulls another device's own collections", () => {
  for (const role of deviceRoleShape.options) {
    for (const own of ['journal', 'edits', 'draftChanges', 'findings'] as const)
      expect(mayDevice(role, 'pull', own)).toBe(false);
  }
});

/** What each role may do alone, written out a second time. */
const ALONE = { cashier: ['shift-close', 'void-line'], manager: [...PERSON_ACTIONS].sort(), developer: [] } as const;

test.each(personRoleShape.options)('[ROLE3] a %s may do alone what the table says, and nothing else', (role) => {
  expect(PERSON_ACTIONS.filter((action) => mayPerson(role, action)).sort()).toEqual(ALONE[role]);
  expect(Object.keys(PERSON_RIGHTS)).toContain(role);
});

test('[ROLE3] settings change what cashiers may, and nobody else', () => {
  const settings = { cashierMay: ['refund'] as const };
  expect(PERSON_ACTIONS.filter((action) => mayPerson('cashier', action, settings))).toEqual(['refund']);
  expect(PERSON_ACTIONS.every((action) => mayPerson('manager', action, settings))).toBe(true);
  expect(PERSON_ACTIONS.some((action) => mayPerson('developer', action, settings))).toBe(false);
});

test('[ROLE3] whoever is not known may do nothing alone', () => {
  expect(PERSON_ACTIONS.some((action) => mayPerson(undefined, action, { cashierMay: PERSON_ACTIONS }))).toBe(false);
});
