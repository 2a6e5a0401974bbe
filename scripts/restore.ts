import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { listBackups } from '../server/backup/files.ts';
import { BACKUPS } from '../server/backup/make-backup.ts';
import { type Restored, restoreBackup } from '../server/backup/restore-backup.ts';
import { machine, refuse, runCare, say } from './care/machine.ts';

/** `npm run restore -- --from FILE [--data DIR]`: puts a backup in the place of a shop's database. */
await runCare(async () => {
  const { values } = parseArgs({ options: { data: { type: 'string', default: 'data' }, from: { type: 'string' } } });
  const dataDir = resolve(values.data);
  if (values.from === undefined) return refuse(`--from FILE is missing. ${knownBackups(dataDir)}`);
  const restored = await restoreBackup(dataDir, values.from, machine);
  if (!restored.ok) return refuse(restored.error);
  say(restoredText(restored.value));
  return 0;
});

function knownBackups(dataDir: string): string {
  const [newest] = listBackups(resolve(dataDir, BACKUPS));
  return newest ? `The newest in ${dataDir} is ${newest}.` : `There is no backup in ${dataDir}.`;
}

function restoredText({ epoch, kept, devices }: Restored): string {
  const returning = devices.map(
    ({ name, held, last }) => `  ${name}: ${last - held} entries (${held + 1} to ${last}), and what it sold since`,
  );
  const said =
    returning.length > 0 ? ['These devices will send again:', ...returning] : ['No device has more than it holds.'];
  return [
    `Restored, as history number ${epoch.n}. Start the server; devices notice by themselves.`,
    ...(kept ? [`The database that was there is kept as ${kept}`] : []),
    ...said,
  ].join('\n');
}
