import { archiveEntries } from '../archive/archive-entries.ts';

/**
 * Archives a shop and is killed before a step, as by a power cut of the process: `node archive-until.ts DIR BEFORE NOW STEP`. Ends with
 * status 3 where no step of that name came.
 */
const [dataDir = '', before, now, step] = process.argv.slice(2);
archiveEntries(
  dataDir,
  Number(before),
  { now: () => Number(now) },
  {
    beforeStep: (name) => {
      if (name === step) process.kill(process.pid, 'SIGKILL');
    },
  },
);
process.exitCode = 3;
