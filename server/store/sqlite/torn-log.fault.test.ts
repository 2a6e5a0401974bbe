import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { COMPANY_SCOPE } from '../../../schema/ids.ts';
import { makeTestFolder } from '../../testing/test-deps.ts';
import type { Store, WriteTx } from '../store.ts';
import { openSqliteStore } from './sqlite-store.ts';

/** SQLite's write-ahead log: a head, then frames of a head and a page each. */
const LOG_HEAD_BYTES = 32;
const FRAME_BYTES = 24 + 4096;
const COMMITS = 14;
const DOCS_PER_COMMIT = 5;
/** Places looked at besides those around each commit. */
const RANDOM_PLACES = 80;

let folder: ReturnType<typeof makeTestFolder>;
let store: Store;
let copies = 0;
const file = () => join(folder.path, 'laci.db');
const open = (path: string) =>
  openSqliteStore(path, { randomBytes: (count) => randomBytes(count), after: (_ms, work) => work() });

beforeEach(() => {
  folder = makeTestFolder();
  store = open(file());
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

async function putDocs(tx: WriteTx, commit: number): Promise<void> {
  for (let n = 0; n < DOCS_PER_COMMIT; n += 1)
    await tx.putDocument('products', { id: `d${commit}-${n}`, scope: COMPANY_SCOPE, json: 'x'.repeat(1_500) });
}

/** How long the log was when each commit had been acknowledged. */
async function writeCommits(): Promise<number[]> {
  const lengths: number[] = [];
  for (let commit = 0; commit < COMMITS; commit += 1) {
    await store.write([COMPANY_SCOPE], (tx) => putDocs(tx, commit));
    lengths.push(statSync(`${file()}-wal`).size);
  }
  return lengths;
}

/** The file as it lies there, with this log beside it, as a power cut leaves them. */
function copyWith(log: Buffer): string {
  copies += 1;
  const dir = join(folder.path, `copy-${copies}`);
  mkdirSync(dir);
  const copy = join(dir, 'laci.db');
  copyFileSync(file(), copy);
  writeFileSync(`${copy}-wal`, log);
  return copy;
}

/** Opens a copy: all of it must be whole commits, numbered without a gap, and it must go on. Gives how many commits it holds. */
async function commitsIn(copy: string): Promise<number> {
  const opened = open(copy);
  const { docs, place } = await opened.read(async (tx) => ({
    docs: await tx.countDocuments('products', COMPANY_SCOPE, 0),
    place: await tx.place(COMPANY_SCOPE),
  }));
  expect(place.seq).toBe(docs);
  await opened.write([COMPANY_SCOPE], (tx) => putDocs(tx, COMMITS));
  expect(await opened.read((tx) => tx.place(COMPANY_SCOPE))).toMatchObject({ seq: docs + DOCS_PER_COMMIT });
  await opened.close();
  expect(docs % DOCS_PER_COMMIT).toBe(0);
  return docs / DOCS_PER_COMMIT;
}

/** Around every commit's end, and anywhere. */
function places(lengths: readonly number[], end: number): number[] {
  const around = lengths.flatMap((length) => [length - 1, length, Math.min(end, length + 1)]);
  const anywhere = Array.from({ length: RANDOM_PLACES }, () => randomBytes(4).readUInt32LE() % end);
  return [...new Set([0, ...around, ...anywhere])];
}

test('[F1] [I2] a log cut anywhere holds every commit before the cut, and nothing of the one in it', async () => {
  const lengths = await writeCommits();
  const log = readFileSync(`${file()}-wal`);
  for (const place of places(lengths, log.length)) {
    const whole = lengths.filter((length) => length <= place).length;
    expect([place, await commitsIn(copyWith(log.subarray(0, place)))]).toEqual([place, whole]);
  }
});

test('[F1] [I2] a changed byte in the log ends it there, at the end of a commit', async () => {
  const lengths = await writeCommits();
  const log = readFileSync(`${file()}-wal`);
  for (const place of places([], log.length)) {
    const torn = Buffer.from(log);
    torn.writeUInt8((log.readUInt8(place) + 1) % 256, place);
    const frame = LOG_HEAD_BYTES + Math.floor((place - LOG_HEAD_BYTES) / FRAME_BYTES) * FRAME_BYTES;
    const whole = lengths.filter((length) => length <= frame).length;
    expect([place, await commitsIn(copyWith(torn))]).toEqual([place, whole]);
  }
});

test('[F1] [PUSH4] a copy taken in the middle of a commit holds none of it, however much is in the log already', async () => {
  await store.write([COMPANY_SCOPE], (tx) => putDocs(tx, 0));
  const before = statSync(`${file()}-wal`).size;
  let copy = '';
  await store.write([COMPANY_SCOPE], async (tx) => {
    // More than SQLite's cache holds: it begins to write before the commit.
    for (let n = 0; n < 400; n += 1)
      await tx.putDocument('products', { id: `large-${n}`, scope: COMPANY_SCOPE, json: 'y'.repeat(64_000) });
    copy = copyWith(readFileSync(`${file()}-wal`));
  });
  expect(statSync(`${copy}-wal`).size).toBeGreaterThan(before);
  expect(await commitsIn(copy)).toBe(1);
});
