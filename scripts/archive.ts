import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readDay, yearsBefore } from '../server/archive/archive-day.ts';
import { type Archived, archiveEntries } from '../server/archive/archive-entries.ts';
import { machine, refuse, runCare, say } from './care/machine.ts';

/** What is younger stays, where no day is named. */
const YEARS = 2;

/** `npm run archive [-- --before YYYY-MM-DD --data DIR]`: moves the texts of older sales out of a stopped shop's database. */
await runCare(async () => {
  const { values } = parseArgs({ options: { data: { type: 'string', default: 'data' }, before: { type: 'string' } } });
  const before = values.before === undefined ? yearsBefore(machine.now(), YEARS) : readDay(values.before);
  if (before === null) return refuse(`--before ${values.before} is no day: write it as 2024-01-31.`);
  const archived = archiveEntries(resolve(values.data), before, machine);
  if (!archived.ok) return refuse(archived.error);
  say(archivedText(archived.value, new Date(before).toISOString().slice(0, 10)));
  return 0;
});

function archivedText({ entries, segments, bytesBefore, bytesAfter, bytesArchived, isShrunk }: Archived, day: string) {
  if (entries === 0) return `No entry arrived before ${day} that is not archived yet.`;
  return [
    `Archived the texts of ${entries} entries that arrived before ${day}, read back and compared, in ${segments} files:`,
    `  the database had ${megabytes(bytesBefore)} and has ${megabytes(bytesAfter)}; the files have ${megabytes(bytesArchived)}.`,
    ...(isShrunk ? [] : ['The disk had no room to make the database smaller: what is free in it is used again.']),
    'The folder archive belongs to the database from now on: back up both (npm run backup does).',
  ].join('\n');
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
