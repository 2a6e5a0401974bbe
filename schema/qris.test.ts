import fc from 'fast-check';
import { expect, test } from 'vitest';
import { crc16 } from './crc16.ts';
import { type EmvField, readEmvFields, writeEmvFields } from './emv-tlv.ts';
import { money } from './money.ts';
import { QRIS_LENGTH_MAX, qrisWithAmount, readStaticQris } from './qris.ts';

const IDR = { code: 'IDR', digits: 0 };
/** The example of EMVCo's specification (Merchant-Presented Mode, annex A), with names in two scripts. */
const EMVCO_EXAMPLE =
  '00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT' +
  '6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A011' +
  '2233449988770708123456786304A13A';
/** A static QRIS in the form that acquirers publish: switching company in 26, QRIS itself in 51, terminal A01 in 62. */
const PUBLISHED_STATIC =
  '00020101021126530012COM.DOKU.WWW0118936008990000002475020424750303URE51440014ID.CO.QRIS.WWW0215ID10200392934820303URE' +
  '5204539953033605802ID5911GUREUM SHOP6013JAKARTA PUSAT61051064062070703A016304455C';
const WISH = { amount: money(12_500), currency: IDR, reference: 'K1-8F3A2B' };

const sealed = (fields: readonly EmvField[]) => {
  const text = `${writeEmvFields(fields)}6304`;
  return text + crc16(text);
};
const fieldOf = (text: string, id: string) => {
  const read = readEmvFields(text);
  return read.ok ? read.value.find((field) => field.id === id)?.value : undefined;
};

const anyField = (id: string) =>
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 20 }).map((value): EmvField => ({ id, value }));
/** A shop's static code with an account, perhaps a tip and perhaps more data of the bank. */
const anyStatic = fc
  .record({
    account: fc.integer({ min: 2, max: 51 }).chain((id) => anyField(String(id).padStart(2, '0'))),
    merchant: anyField('59'),
    city: anyField('60'),
    tip: fc.constantFrom<EmvField[]>(
      [],
      [{ id: '55', value: '01' }],
      [
        { id: '55', value: '02' },
        { id: '56', value: '1000' },
      ],
    ),
    additional: fc.constantFrom<EmvField[]>(
      [],
      [{ id: '62', value: '0703A01' }],
      [{ id: '62', value: '0503OLD0703A01' }],
    ),
    initiation: fc.constantFrom<EmvField[]>([], [{ id: '01', value: '11' }]),
  })
  .map(({ account, merchant, city, tip, additional, initiation }) =>
    sealed([
      { id: '00', value: '01' },
      ...initiation,
      account,
      { id: '53', value: '360' },
      ...tip,
      { id: '58', value: 'ID' },
      merchant,
      city,
      ...additional,
    ]),
  );

test('[QRIS1] the checksum is CRC-16/CCITT-FALSE: the check value of its catalogue and the published codes come out', () => {
  expect(crc16('123456789')).toBe('29B1');
  for (const text of [EMVCO_EXAMPLE, PUBLISHED_STATIC]) expect(crc16(text.slice(0, -4))).toBe(text.slice(-4));
});

test("[QRIS2] the specification's example reads, lengths counted in characters, and is written again to the letter", () => {
  const read = readEmvFields(EMVCO_EXAMPLE);
  expect(read.ok && writeEmvFields(read.value)).toBe(EMVCO_EXAMPLE);
  expect(fieldOf(fieldOf(EMVCO_EXAMPLE, '64') ?? '', '01')).toBe('最佳运输');
});

test('[QRIS2] fields are written and read back, whatever they hold', () => {
  const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((text) => [...text].length <= 99);
  const field = fc.record({ id: fc.stringMatching(/^\d{2}$/), value });
  fc.assert(
    fc.property(fc.array(field, { maxLength: 12 }), (fields) => {
      expect(readEmvFields(writeEmvFields(fields))).toEqual({ ok: true, value: fields });
    }),
  );
});

test('[QRIS2] what a field cannot hold is not written', () => {
  for (const value of ['', 'x'.repeat(100)]) expect(() => writeEmvFields([{ id: '59', value }])).toThrow(RangeError);
});

test('[QRIS3] a published static code says whose it is', () => {
  expect(readStaticQris(PUBLISHED_STATIC)).toMatchObject({
    ok: true,
    value: { merchant: 'GUREUM SHOP', city: 'JAKARTA PUSAT' },
  });
});

test('[QRIS4] the amount, a reference and point of initiation 12 go in; all else stays', () => {
  const code = qrisWithAmount(PUBLISHED_STATIC, WISH);
  const wanted = readEmvFields(
    '00020101021226530012COM.DOKU.WWW0118936008990000002475020424750303URE51440014ID.CO.QRIS.WWW0215ID10200392934820303URE' +
      '5204539953033605405125005802ID5911GUREUM SHOP6013JAKARTA PUSAT61051064062200509K1-8F3A2B0703A01',
  );
  expect(code).toEqual({ ok: true, value: wanted.ok && sealed(wanted.value) });
});

test('[QRIS4] whatever the static code, only three fields change, and a tip is kept', () => {
  fc.assert(
    fc.property(anyStatic, fc.integer({ min: 1, max: 9_999_999_999 }), (text, amount) => {
      const code = qrisWithAmount(text, { ...WISH, amount: money(amount) });
      if (!code.ok) throw new Error(code.error);
      const changed = { '01': '12', '54': String(amount) };
      for (const [id, value] of Object.entries(changed)) expect(fieldOf(code.value, id)).toBe(value);
      expect(fieldOf(fieldOf(code.value, '62') ?? '', '05')).toBe(WISH.reference);
      const others = (whole: string) => {
        const read = readEmvFields(whole);
        return read.ok ? read.value.filter(({ id }) => !['01', '54', '62', '63'].includes(id)) : [];
      };
      expect(others(code.value)).toEqual(others(text));
      expect(crc16(code.value.slice(0, -4))).toBe(code.value.slice(-4));
    }),
  );
});

test('[QRIS4] an amount has the decimals of its currency', () => {
  const code = qrisWithAmount(PUBLISHED_STATIC, { ...WISH, amount: money(5), currency: { code: 'IDR', digits: 2 } });
  expect(code.ok && fieldOf(code.value, '54')).toBe('0.05');
});

test('[QRIS5] every changed, lost or doubled character is found', () => {
  const place = fc.nat(PUBLISHED_STATIC.length - 1);
  fc.assert(
    fc.property(place, fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 1 }), (at, other) => {
      fc.pre(PUBLISHED_STATIC[at] !== other);
      const [before, after] = [PUBLISHED_STATIC.slice(0, at), PUBLISHED_STATIC.slice(at + 1)];
      expect(readStaticQris(before + other + after).ok).toBe(false);
      expect(readStaticQris(before + after).ok).toBe(false);
      expect(readStaticQris(before + PUBLISHED_STATIC[at] + PUBLISHED_STATIC[at] + after).ok).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test('[QRIS6] what is no static QRIS is named', () => {
  const base: EmvField[] = [
    { id: '00', value: '01' },
    { id: '26', value: '0014ID.CO.QRIS.WWW' },
    { id: '53', value: '360' },
    { id: '58', value: 'ID' },
    { id: '59', value: 'WARUNG' },
  ];
  const faultOf = (text: string) => {
    const read = readStaticQris(text);
    return read.ok ? null : read.error;
  };
  const without = (id: string, ...more: EmvField[]) => sealed([...base.filter((field) => field.id !== id), ...more]);
  expect(faultOf(sealed(base))).toBeNull();
  expect(faultOf('https://example.test/pay')).toBe('not-tlv');
  expect(faultOf('')).toBe('bad-checksum');
  expect(faultOf(EMVCO_EXAMPLE)).toBe('foreign');
  expect(faultOf(without('00', { id: '00', value: '02' }))).toBe('not-emv');
  expect(faultOf(without('26'))).toBe('no-merchant');
  expect(faultOf(without('59'))).toBe('no-merchant');
  expect(faultOf(without('', { id: '54', value: '5000' }))).toBe('not-static');
  expect(faultOf(without('', { id: '01', value: '12' }))).toBe('not-static');
  expect(faultOf('0'.repeat(QRIS_LENGTH_MAX + 1))).toBe('too-long');
});

test('[QRIS6] nothing, less than nothing, too much, and a reference with other signs go into no code', () => {
  for (const amount of [0, -1, 99_999_999_999_999]) {
    expect(qrisWithAmount(PUBLISHED_STATIC, { ...WISH, amount: money(amount) })).toEqual({
      ok: false,
      error: 'bad-amount',
    });
  }
  for (const reference of ['', 'a b', 'x'.repeat(26)])
    expect(qrisWithAmount(PUBLISHED_STATIC, { ...WISH, reference })).toEqual({ ok: false, error: 'bad-reference' });
});
