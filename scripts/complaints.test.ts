import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
/** Complaints on the list. */
const COMPLAINTS = 16;
const ROW = /^\| (\d+) \| ([^|]+) \| ([^|]+) \| (.+) \|$/;
const PROOF = /`([^`]+\.ts)`: "([^"]+)"/g;

interface Complaint {
  readonly number: number;
  readonly rules: readonly string[];
  readonly proofs: readonly { readonly file: string; readonly title: string }[];
  readonly later: boolean;
}

const complaints = readFileSync(join(ROOT, 'docs/complaints.md'), 'utf8')
  .split('\n')
  .flatMap((line): Complaint[] => {
    const [, number = '', , rules = '', proven = ''] = ROW.exec(line) ?? [];
    if (number === '') return [];
    const proofs = [...proven.matchAll(PROOF)].map(([, file = '', title = '']) => ({ file, title }));
    return [{ number: Number(number), rules: rules.split(', '), proofs, later: proven.includes('*later*') }];
  });

test('[HOUSE12] every complaint is there once, with its rules and what proves it', () => {
  expect(complaints.map(({ number }) => number)).toEqual(Array.from({ length: COMPLAINTS }, (_, n) => n + 1));
  expect(complaints.filter(({ proofs, later }) => proofs.length === 0 && !later)).toEqual([]);
});

test('[HOUSE12] every rule and every test title named there exists', () => {
  const spec = readFileSync(join(ROOT, 'schema/SPEC.md'), 'utf8');
  expect(complaints.flatMap(({ rules }) => rules).filter((rule) => !spec.includes(`**${rule}**`))).toEqual([]);
  const missing = complaints
    .flatMap(({ proofs }) => proofs)
    .filter(({ file, title }) => !readFileSync(join(ROOT, file), 'utf8').includes(title));
  expect(missing).toEqual([]);
});
