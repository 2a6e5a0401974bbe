import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson } from './canonical-json.ts';

/** The IEEE 754 number with these 64 bits. */
function numberOfBits(hex: string): number {
  return new DataView(BigUint64Array.of(BigInt(`0x${hex}`)).buffer).getFloat64(0, true);
}

test('[ENT5] the example of RFC 8785, 3.2.2', () => {
  const value = JSON.parse(
    String.raw`{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/","literals":[null,true,false]}`,
  );
  expect(canonicalJson(value)).toBe(
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test('[ENT5] keys are sorted by UTF-16 code units, as in RFC 8785, 3.2.3', () => {
  const value = {
    '\u20ac': 'Euro Sign',
    '\r': 'Carriage Return',
    '\ufb33': 'Hebrew Letter Dalet With Dagesh',
    '1': 'One',
    '\ud83d\ude00': 'Emoji: Grinning Face',
    '\u0080': 'Control',
    '\u00f6': 'Latin Small Letter O With Diaeresis',
  };
  const names = [...canonicalJson(value).matchAll(/:"([^"]+)"/g)].map((match) => match[1]);
  expect(names).toEqual([
    'Carriage Return',
    'One',
    'Control',
    'Latin Small Letter O With Diaeresis',
    'Euro Sign',
    'Emoji: Grinning Face',
    'Hebrew Letter Dalet With Dagesh',
  ]);
});

test.each([
  ['0000000000000000', '0'],
  ['8000000000000000', '0'],
  ['0000000000000001', '5e-324'],
  ['8000000000000001', '-5e-324'],
  ['7fefffffffffffff', '1.7976931348623157e+308'],
  ['ffefffffffffffff', '-1.7976931348623157e+308'],
  ['4340000000000000', '9007199254740992'],
  ['c340000000000000', '-9007199254740992'],
  ['4430000000000000', '295147905179352830000'],
  ['44b52d02c7e14af5', '9.999999999999997e+22'],
  ['44b52d02c7e14af6', '1e+23'],
  ['44b52d02c7e14af7', '1.0000000000000001e+23'],
  ['444b1ae4d6e2ef4e', '999999999999999700000'],
  ['444b1ae4d6e2ef4f', '999999999999999900000'],
  ['444b1ae4d6e2ef50', '1e+21'],
  ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
  ['3eb0c6f7a0b5ed8d', '0.000001'],
  ['41b3de4355555553', '333333333.3333332'],
  ['41b3de4355555554', '333333333.33333325'],
  ['41b3de4355555555', '333333333.3333333'],
  ['41b3de4355555556', '333333333.3333334'],
  ['41b3de4355555557', '333333333.33333343'],
  ['becbf647612f3696', '-0.0000033333333333333333'],
  ['43143ff3c1cb0959', '1424953923781206.2'],
])('[ENT5] the number with the bits %s is %s, as in RFC 8785, appendix B', (bits, text) => {
  expect(canonicalJson(numberOfBits(bits))).toBe(text);
});

test('[ENT5] strings escape what they must in the shortest way, and nothing else', () => {
  expect(canonicalJson('\b\t\n\f\r"\\')).toBe(String.raw`"\b\t\n\f\r\"\\"`);
  expect(canonicalJson('\u0000\u001f')).toBe(String.raw`"\u0000\u001f"`);
  expect(canonicalJson('/\u007f\u2028é漢😀')).toBe('"/\u007f\u2028é漢😀"');
});

test('[ENT6] members without a value do not exist', () => {
  expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  expect(canonicalJson({ a: { b: undefined } })).toBe('{"a":{}}');
});

const anyJson = fc.jsonValue({ maxDepth: 5, stringUnit: 'binary' });

test('[ENT6] reads back as the same value', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      // JSON has no -0: what is written as 0 reads back as 0.
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 300 },
  );
});

test('[ENT6] is the same whatever the order of keys', () => {
  fc.assert(
    fc.property(anyJson, (value) => {
      expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
    }),
    { numRuns: 300 },
  );
});

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, member]) => [key, reversed(member)] as const);
  return Object.fromEntries(entries.reverse());
}

test.each([
  ['NaN', Number.NaN],
  ['an infinity', Number.NEGATIVE_INFINITY],
  ['half a surrogate pair', 'a\ud800'],
  ['half a pair in a key', { '\udc00': 1 }],
  ['nothing at all', undefined],
  ['a list with undefined', [undefined]],
  // biome-ignore lint/suspicious/noSparseArray: a hole is what this is about
  ['a list with a hole', [1, , 2]],
  ['a function', () => 1],
  ['a bigint', 1n],
  ['a symbol', Symbol('s')],
])('[ENT7] %s throws', (_what, value) => {
  expect(() => canonicalJson(value)).toThrow(TypeError);
  expect(() => canonicalJson({ deep: [value] })).toThrow(TypeError);
});

test('[ENT6] what is remembered of keys changes no text, however many kinds of objects came before', () => {
  const plain = (value: Record<string, number>): string =>
    `{${Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${value[key]}`)
      .join(',')}}`;
  // More orders than are remembered, of one first key and of many, each met twice.
  const keys = Array.from({ length: 7 }, (_, at) => `k${at}`);
  for (let turn = 0; turn < 3_000; turn += 1) {
    const order = keys.toSorted(
      (left, right) => (((turn + 1) * (left.charCodeAt(1) + 7)) % 11) - (((turn + 1) * (right.charCodeAt(1) + 7)) % 11),
    );
    const value = Object.fromEntries([...order, `more${turn % 900}`].slice(turn % 3).map((key, at) => [key, at]));
    expect(canonicalJson(value)).toBe(plain(value));
    expect(canonicalJson({ ...value })).toBe(plain(value));
  }
});
