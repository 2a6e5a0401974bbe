import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type HandedInFile, handInFile } from '../server/rescue/hand-in-file.ts';
import { machine, refuse, runCare, say } from './care/machine.ts';

/**
 * `npm run rescue -- --from FILE [--data DIR]`: hands a till's rescue file in at a stopped shop. Status 1 when an entry was not taken, or
 * nothing was.
 */
await runCare(async () => {
  const { values } = parseArgs({ options: { data: { type: 'string', default: 'data' }, from: { type: 'string' } } });
  if (values.from === undefined) return refuse('name the rescue file: npm run rescue -- --from laci-K1-….json');
  const file = resolve(values.from);
  if (!existsSync(file)) return refuse(`there is no file ${file}.`);
  const handedIn = await handInFile(resolve(values.data), readFileSync(file, 'utf8'), machine);
  if (!handedIn.ok) return refuse(handedIn.error);
  say(handedInText(handedIn.value));
  const { verdicts, altered, drafts, draftsTaken } = handedIn.value;
  return altered === 0 && draftsTaken === drafts && verdicts.every(({ verdict }) => verdict !== 'refused') ? 0 : 1;
});

function handedInText({ till, entries, altered, verdicts, drafts, draftsTaken }: HandedInFile): string {
  const counts = [...Map.groupBy(verdicts, ({ verdict }) => verdict)].map(([name, all]) => `${all.length} ${name}`);
  const refused = verdicts.filter(({ verdict }) => verdict === 'refused' || verdict === 'quarantined');
  return [
    `${till}: ${entries} entries (${counts.join(', ') || 'none'}).`,
    ...refused.map(({ id, verdict, reason }) => `  ${id}: ${verdict}, ${reason ?? 'no reason given'}`),
    ...(drafts === 0 ? [] : [`  Held carts and other drafts: ${draftsTaken} of ${drafts} taken.`]),
    ...(altered === 0 ? [] : [`  ${altered} entries were altered since they were written, and left out.`]),
  ].join('\n');
}
