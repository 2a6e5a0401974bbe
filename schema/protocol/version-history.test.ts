import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { shapeHashes } from '../fixtures/all-shapes.ts';
import recorded from '../fixtures/v1/shapes.json' with { type: 'json' };
import { hashJson } from '../hash.ts';
import { PROTOCOL_VERSION } from './version.ts';
import { VERSION_HISTORY } from './version-history.ts';

const ADVICE = `A shape that crosses the wire or lies in a collection is not the one recorded for protocol version ${PROTOCOL_VERSION}.
Devices in shops speak that version. If the change was not meant, undo it. If it was: make it additive (a new optional field, a
new kind), give PROTOCOL_VERSION the next integer, add a line with the new hash to VERSION_HISTORY, and record fixtures of the
new version beside the frozen ones. If only the shape library says the same in other words, record the hash anew.`;

/** The names of the shapes whose hashes differ between two recordings. */
function changedNames(left: Readonly<Record<string, string>>, right: Readonly<Record<string, string>>): string[] {
  const names = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...names].filter((name) => left[name] !== right[name]).sort();
}

test('[PRO1] no shape changed without a new protocol version', () => {
  const newest = VERSION_HISTORY.at(-1);
  const shapes = shapeHashes();
  const changed = `Since version 1 these changed: ${changedNames(recorded, shapes).join(', ')}. The hash is ${hashJson(shapes)}.`;
  expect(newest?.version, ADVICE).toBe(PROTOCOL_VERSION);
  expect(newest?.shapes, `${ADVICE}\n${changed}`).toBe(hashJson(shapes));
});

test('[PRO1] the history counts up from 1 without gaps, each version with its own shapes', () => {
  expect(VERSION_HISTORY.map(({ version }) => version)).toEqual(VERSION_HISTORY.map((_, index) => index + 1));
  expect(new Set(VERSION_HISTORY.map(({ shapes }) => shapes)).size).toBe(VERSION_HISTORY.length);
  expect(VERSION_HISTORY[0]?.shapes).toBe(hashJson(recorded));
});

/** The exported shapes of this folder, as its files name them. */
function exportedShapes(): string[] {
  const files = globSync('*.ts', { cwd: import.meta.dirname }).filter((name) => !name.endsWith('.test.ts'));
  return files.flatMap((name) => {
    const text = readFileSync(`${import.meta.dirname}/${name}`, 'utf8');
    return [...text.matchAll(/^export const (\w+Shape)\b/gm)].map((match) => `${name.slice(0, -3)}.${match[1]}`);
  });
}

test('[PRO1] every exported shape of this folder is among those hashed', () => {
  expect(exportedShapes().length).toBeGreaterThan(20);
  const hashed = Object.keys(shapeHashes());
  expect(exportedShapes().filter((name) => !hashed.includes(name))).toEqual([]);
});

test('[PRO1] each kind of entry and each collection is hashed by itself, and a changed one is named', () => {
  const hashed = Object.keys(shapeHashes());
  for (const name of ['entry:sale', 'entry:retired', 'collection:stock', 'product.productShape']) {
    expect(hashed).toContain(name);
  }
  expect(changedNames({ a: '1', b: '2' }, { a: '1', b: '3', c: '4' })).toEqual(['b', 'c']);
});
