import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const ROOT = `${import.meta.dirname}/..`;
const RULE = /^- \*\*([A-Z]+\d+)\*\* .+ \*([a-z, ]+)\*(?: \((?:.|\*)+\))?$/;
/** Proofs whose tests name the rule. A run in browsers or of real sales proves many at once; what comes later has none. */
const TESTED = ['unit', 'property', 'fixture', 'server', 'client', 'browser'];

interface Rule {
  readonly number: string;
  readonly proofs: readonly string[];
}

const lines = readFileSync(`${import.meta.dirname}/SPEC.md`, 'utf8').split('\n');
const ruleLines = lines.filter((line) => line.startsWith('- **'));
const rules = ruleLines.flatMap((line): Rule[] => {
  const [, number = '', proofs = ''] = RULE.exec(line) ?? [];
  return number === '' ? [] : [{ number, proofs: proofs.split(', ') }];
});

/** Every rule number in front of a test's title, with the file that names it. */
function namedRules(): Map<string, Set<string>> {
  const named = new Map<string, Set<string>>();
  const pattern = '{schema,server,client,scripts}/**/*{.test,.spec,.e2e,-contract}.{ts,tsx}';
  for (const path of globSync(pattern, { cwd: ROOT, exclude: (name) => name === 'node_modules' })) {
    const text = readFileSync(`${ROOT}/${path}`, 'utf8');
    for (const [, number = ''] of text.matchAll(/\[([A-Z]+\d+)\]/g)) {
      named.set(number, (named.get(number) ?? new Set()).add(path));
    }
  }
  return named;
}

test('[HOUSE11] every rule has a number of its own, one fact and what proves it', () => {
  expect(ruleLines.filter((line) => !RULE.test(line))).toEqual([]);
  const numbers = rules.map(({ number }) => number);
  expect(numbers.filter((number, index) => numbers.indexOf(number) !== index)).toEqual([]);
  const words = new Set([...TESTED, 'browser', 'replay', 'simulation', 'later']);
  expect(rules.flatMap(({ proofs }) => proofs).filter((proof) => !words.has(proof))).toEqual([]);
});

test('[HOUSE11] a test names no rule that is not there', () => {
  const known = new Set(rules.map(({ number }) => number));
  const unknown = [...namedRules()].filter(([number]) => !known.has(number));
  expect(unknown.map(([number, paths]) => `${number} in ${[...paths].join(', ')}`)).toEqual([]);
});

test('[HOUSE11] every rule that is said to be proven by tests is named by one', () => {
  const named = namedRules();
  const claimed = rules.filter(({ proofs }) => proofs.some((proof) => TESTED.includes(proof)));
  expect(claimed.map(({ number }) => number).filter((number) => !named.has(number))).toEqual([]);
});
