import { fail, type Result } from '../../schema/result.ts';
import type { PageLine } from './page-line.ts';
import type { PullFault } from './puller.ts';
import { type ComePage, EMPTY_PAGES_MAX, ENDLESS, type ReadPage } from './read-pages.ts';
import type { Filling, StoredCheckpoint } from './replication.ts';

export interface FillDeps {
  readonly filling: Filling;
  /** Reads a page that came from behind there. */
  readonly readPage: (from: StoredCheckpoint | null, page: ComePage) => ReadPage;
  /** A page came, and is about to be written. False where nothing more may be. */
  readonly reached: (checkpoint: StoredCheckpoint) => boolean;
  /** The last page is being written: the line is free. */
  readonly onLastPage: () => void;
}

/** Fetches a collection to its end, each page written while the next ones come. */
export async function fillToEnd(line: PageLine, deps: FillDeps): Promise<Result<null, PullFault>> {
  const { filling, readPage, reached, onLastPage } = deps;
  let checkpoint = line.from;
  let writing = Promise.resolve(true);
  line.askOn();
  for (let empty = 0; empty < EMPTY_PAGES_MAX; ) {
    const page = readPage(checkpoint, await line.next());
    if (!(await writing)) return fail({ kind: 'disk' });
    if (page.reached !== null && page.reached !== checkpoint) {
      checkpoint = page.reached;
      if (!reached(checkpoint)) return fail(STOPPED);
      writing = filling.write(page, checkpoint);
      void writing.then(line.letGo);
    }
    if (page.result?.ok) onLastPage();
    if (page.result !== null) return (await writing) ? page.result : fail({ kind: 'disk' });
    empty = page.came > 0 ? 0 : empty + 1;
  }
  return ENDLESS;
}

export const STOPPED: PullFault = { kind: 'offline', text: 'Stopped' };
