import { expect, test } from 'vitest';
import { COLLECTIONS, deviceRoleShape, mayDevice, PULLED_COLLECTIONS, RIGHTS, type Verb } from './roles.ts';

const VERBS: readonly Verb[] = ['pull', 'push', 'enrol'];
const TARGETS = [...COLLECTIONS, 'devices'] as const;

/** All that each role may do, written out a second time: a change of the table must be meant. */
const ALLOWED = {
  till: ['pull branchJournal', 'pull stock', 'pull products', 'pull company', 'push journal'],
  manager: [
    'pull branchJournal',
    'pull stock',
    'pull products',
    'pull company',
    'push journal',
    'push edits',
    'enrol devices',
  ],
  developer: ['pull branchJournal', 'pull stock', 'pull products', 'pull company', 'push journal'],
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
    for (const own of ['journal', 'edits', 'findings'] as const) expect(mayDevice(role, 'pull', own)).toBe(false);
  }
});
