import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Edit, editShape, mergeEdit, overlayEdits } from './edit.ts';
import { MANAGER } from './fixtures/make-entries.ts';
import type { EditId } from './ids.ts';
import { nextRevision, type Revision } from './revision.ts';

type Fields = Edit['patch'];
interface Doc {
  readonly rev: Revision;
  readonly [field: string]: Fields[string] | Revision;
}

const rev = { epoch: 1, n: 5 };
const DOC: Doc = { rev, name: 'Kopi', price: 18_500, barcodes: ['8992761111014'], category: 'Minuman' };
const edit = (base: Fields, patch: Fields, baseRevision: Revision | null = rev) => ({ base, patch, baseRevision });
const written = (doc: Doc, fields: Fields): Doc => ({ ...doc, ...fields, rev: nextRevision(doc.rev, 1) });

test.each([
  // what it is, base, patch, base revision, verdict, fields written
  ['nobody wrote since', { name: 'Kopi' }, { name: 'Teh' }, rev, 'accepted', ['name']],
  ['somebody wrote another field', { name: 'Kopi' }, { name: 'Teh' }, { epoch: 1, n: 4 }, 'merged', ['name']],
  ['somebody wrote the same value', { price: 9 }, { price: 18_500 }, { epoch: 1, n: 4 }, 'merged', ['price']],
  ['somebody wrote another value', { price: 9 }, { price: 10 }, { epoch: 1, n: 4 }, 'conflict', []],
  ['one of two fields is free', { price: 9, name: 'Kopi' }, { price: 10, name: 'Teh' }, rev, 'conflict', ['name']],
  ['the base is from another history', { name: 'Kopi' }, { name: 'Teh' }, { epoch: 9, n: 77 }, 'merged', ['name']],
  ['a field that was not there', {}, { taxId: 'ppn' }, rev, 'accepted', ['taxId']],
  ['a field that is gone from the server', { taxId: 'ppn' }, { taxId: '' }, rev, 'conflict', []],
  ['the same list', { barcodes: ['8992761111014'] }, { barcodes: [] }, rev, 'accepted', ['barcodes']],
  ['nothing is changed', {}, {}, rev, 'accepted', []],
] as const)('[EDT2] %s', (_what, base, patch, baseRevision, verdict, fields) => {
  const outcome = mergeEdit(DOC, { base, patch, baseRevision } as unknown as Edit);
  expect(outcome.verdict).toBe(verdict);
  expect(Object.keys(outcome.fields)).toEqual(fields);
});

test('[EDT2] a document that is to be made is accepted when it is not there, and merged by value when it is', () => {
  expect(mergeEdit(undefined, edit({}, { name: 'Teh' }, null))).toEqual({
    verdict: 'accepted',
    fields: { name: 'Teh' },
    conflicts: [],
  });
  expect(mergeEdit(DOC, edit({}, { name: 'Kopi' }, null)).verdict).toBe('merged');
  expect(mergeEdit(DOC, edit({}, { name: 'Teh' }, null)).verdict).toBe('conflict');
});

test('[EDT5] a conflict says base, mine and theirs, and only that field stays as it is', () => {
  const outcome = mergeEdit(
    DOC,
    edit({ price: 18_000, name: 'Kopi', more: 1 }, { price: 19_000, name: 'Teh', more: 2 }),
  );
  expect(outcome).toEqual({
    verdict: 'conflict',
    fields: { name: 'Teh' },
    conflicts: [
      { field: 'price', base: 18_000, mine: 19_000, theirs: 18_500 },
      { field: 'more', base: 1, mine: 2 },
    ],
  });
});

test('[EDT6] after a restore the base revision is unknown, and values decide', () => {
  const lost = { epoch: 3, n: 40 };
  expect(mergeEdit(DOC, edit({ price: 18_500 }, { price: 19_000 }, lost)).verdict).toBe('merged');
  expect(mergeEdit(DOC, edit({ price: 18_400 }, { price: 18_500 }, lost)).verdict).toBe('merged');
  expect(mergeEdit(DOC, edit({ price: 18_400 }, { price: 18_600 }, lost)).verdict).toBe('conflict');
});

test('[EDT8] names that every object has are no fields', () => {
  for (const field of ['toString', 'constructor', 'hasOwnProperty', '__proto__']) {
    const patch = JSON.parse(`{"${field}":"x"}`) as Fields;
    expect(mergeEdit(DOC, edit({}, patch)).conflicts).toEqual([]);
    expect(mergeEdit(undefined, edit({}, patch, null)).verdict).toBe('accepted');
  }
});

const FIELD_NAMES = ['name', 'price', 'barcodes', 'category'] as const;
const anyValue: fc.Arbitrary<string | number | string[]> = fc.oneof(
  fc.nat(3),
  fc.constantFrom('a', 'b'),
  fc.subarray(['1', '2']),
);
const anyDoc = fc
  .tuple(anyValue, anyValue, anyValue, anyValue)
  .map(([name, price, barcodes, category]): Doc => ({ rev, name, price, barcodes, category }));
const patchOf = (names: readonly string[]) =>
  fc
    .subarray([...names], { minLength: 1 })
    .chain((fields) => fc.record(Object.fromEntries(fields.map((field) => [field, anyValue])))) as fc.Arbitrary<Fields>;
const anyPatch = patchOf(FIELD_NAMES);

/** An edit as a person makes it who sees `seen`. */
function editOf(seen: Doc, patch: Fields) {
  const base = Object.fromEntries(Object.keys(patch).map((field) => [field, seen[field]])) as Fields;
  return edit(base, patch, seen.rev);
}

test('[EDT1] a field applies exactly when the server has its base or its patch already', () => {
  fc.assert(
    fc.property(anyDoc, anyDoc, anyPatch, (server, seen, patch) => {
      const outcome = mergeEdit(server, editOf(seen, patch));
      for (const [field, mine] of Object.entries(patch)) {
        const here = JSON.stringify(server[field]);
        const applies = here === JSON.stringify(seen[field]) || here === JSON.stringify(mine);
        expect(field in outcome.fields).toBe(applies);
        expect(outcome.conflicts.some((conflict) => conflict.field === field)).toBe(!applies);
      }
    }),
    { numRuns: 300 },
  );
});

test('[EDT1] an edit on what the server has always applies, and applying it again changes nothing', () => {
  fc.assert(
    fc.property(anyDoc, anyPatch, (doc, patch) => {
      const first = mergeEdit(doc, editOf(doc, patch));
      const after = written(doc, first.fields);
      const second = mergeEdit(after, editOf(doc, patch));
      expect([first.verdict, second.verdict]).toEqual(['accepted', 'merged']);
      expect({ ...written(after, second.fields), rev: null }).toEqual({ ...after, rev: null });
    }),
  );
});

test('[EDT3] the same change by two people is merged', () => {
  fc.assert(
    fc.property(anyDoc, anyPatch, (doc, patch) => {
      const mine = mergeEdit(doc, editOf(doc, patch));
      const theirs = mergeEdit(written(doc, mine.fields), editOf(doc, patch));
      expect(theirs).toMatchObject({ verdict: 'merged', conflicts: [] });
    }),
  );
});

test('[EDT4] changes of different fields by two people both apply, in either order', () => {
  fc.assert(
    fc.property(anyDoc, patchOf(['name', 'price']), patchOf(['barcodes', 'category']), (doc, one, other) => {
      const both = (first: Fields, second: Fields) => {
        const after = written(doc, mergeEdit(doc, editOf(doc, first)).fields);
        const outcome = mergeEdit(after, editOf(doc, second));
        expect(outcome.conflicts).toEqual([]);
        return written(after, outcome.fields);
      };
      expect(both(one, other)).toEqual(both(other, one));
    }),
  );
});

test('[EDT7] screens see the pending edits laid over the document, in order', () => {
  const pending = [{ patch: { name: 'Teh' } }, { patch: { price: 1 } }, { patch: { name: 'Susu' } }];
  expect(overlayEdits(DOC, pending)).toEqual({ ...DOC, name: 'Susu', price: 1 });
  expect(overlayEdits(DOC, [])).toEqual(DOC);
  expect(DOC.name).toBe('Kopi');
});

type Act =
  | { readonly do: 'edit'; readonly patch: Fields }
  | { readonly do: 'send' }
  | { readonly do: 'hear' }
  | { readonly do: 'pull' }
  | { readonly do: 'other'; readonly patch: Fields };

const anyAct: fc.Arbitrary<Act> = fc.oneof(
  patchOf(['name', 'price']).map((patch): Act => ({ do: 'edit', patch })),
  fc.constantFrom<Act>({ do: 'send' }, { do: 'hear' }, { do: 'pull' }),
  patchOf(['barcodes', 'category']).map((patch): Act => ({ do: 'other', patch })),
);

interface Sent {
  readonly patch: Fields;
  readonly base: Fields;
  readonly baseRevision: Revision | null;
  /** The revision at which the server wrote it; known here after `hear`. */
  rev: Revision | null;
  heard: boolean;
}

/** A device that edits, sends, hears verdicts and pulls whenever it likes, and a second person on other fields. */
function runDevice(start: Doc, acts: readonly Act[]): void {
  let [server, pulled] = [start, start];
  const own: Sent[] = [];
  const shown = () =>
    overlayEdits(
      pulled,
      own.filter((each) => !each.heard || (each.rev?.n ?? 0) > pulled.rev.n),
    );
  for (const act of acts) {
    if (act.do === 'edit') own.push({ ...editOf(shown(), act.patch), rev: null, heard: false });
    if (act.do === 'other') server = written(server, act.patch);
    if (act.do === 'pull') pulled = server;
    if (act.do === 'hear') for (const each of own) each.heard = each.rev !== null;
    if (act.do === 'send') {
      const next = own.find((each) => each.rev === null);
      if (next === undefined) continue;
      const outcome = mergeEdit(server, next);
      expect(outcome.conflicts).toEqual([]);
      server = written(server, outcome.fields);
      next.rev = server.rev;
    }
  }
}

test('[I15] own later edits never conflict with own earlier ones, whenever verdicts and documents arrive', () => {
  fc.assert(
    fc.property(anyDoc, fc.array(anyAct, { maxLength: 40 }), (doc, acts) => runDevice(doc, acts)),
    { numRuns: 400 },
  );
});

test('[EDT11] without the overlay until the document arrives, the next own edit would conflict with the one before', () => {
  const first = mergeEdit(DOC, editOf(DOC, { price: 19_000 }));
  const server = written(DOC, first.fields);
  expect(mergeEdit(server, editOf(DOC, { price: 20_000 })).verdict).toBe('conflict');
  const shown = overlayEdits(DOC, [{ patch: { price: 19_000 } }]);
  expect(mergeEdit(server, editOf(shown, { price: 20_000 })).verdict).toBe('merged');
});

test('[EDT1] an edit is read with its former values, and one for an unknown collection is not', () => {
  const whole = {
    editId: 'edit-00001' as EditId,
    collection: 'products',
    docId: 'p1',
    ...edit({ name: 'Kopi' }, { name: 'Teh' }),
    person: MANAGER,
    at: 1,
  };
  expect(editShape.parse(whole)).toEqual(whole);
  for (const wrong of [{ collection: 'stock' }, { docId: '' }, { base: null }, { person: '' }, { editId: 'x' }]) {
    expect(editShape.safeParse({ ...whole, ...wrong }).success).toBe(false);
  }
});
