import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { makeBackup } from '../server/backup/make-backup.ts';
import { machine, refuse, runCare, say } from './care/machine.ts';

/** `npm run backup [-- --data DIR --to FILE]`: copies a shop's database, while it sells. */
await runCare(async () => {
  const { values } = parseArgs({ options: { data: { type: 'string', default: 'data' }, to: { type: 'string' } } });
  const made = makeBackup(resolve(values.data), values.to, machine);
  if (!made.ok) return refuse(made.error);
  const { file, bytes, heads } = made.value;
  say(
    `Backed up ${heads.length} devices, ${(bytes / 1024 / 1024).toFixed(1)} MB, read back and found whole:\n  ${file}`,
  );
  say(
    'Copy it to another machine or disk, with the keys and the ledger beside the database: see the guide for administrators.',
  );
  return 0;
});
