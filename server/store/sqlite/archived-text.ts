import { dirname, join } from 'node:path';
import type { Database } from 'better-sqlite3';
import { StoreFault } from '../store.ts';
import { openSegment, type Segment } from './segment.ts';

/** The folder of the segments, beside the database they belong to. */
export const ARCHIVE = 'archive';
/** An entry whose text is archived has `@` and the name of its segment in the text's place: no JSON begins so. */
export const IS_ARCHIVED = `substr(e.json, 1, 1) = '@'`;
/** An entry's text, wherever it is; `e` is the table of entries. */
export const ENTRY_TEXT = `iif(${IS_ARCHIVED}, archived_text(e.json, e.id), e.json)`;
/** Segments held open by one connection. Pulls read them one after the other. */
const OPEN_MAX = 8;

export interface ArchivedTextOptions {
  /** More folders to look for segments in, after the one beside the database. */
  readonly folders?: readonly string[];
  /** For a text that cannot be read comes one that says why, so that a check goes on; otherwise reading it is a {@link StoreFault}. */
  readonly lenient?: boolean;
}

/** Lets SQL read archived texts: `archived_text(pointer, id)`. The segments close with the database. */
export function addArchivedText(database: Database, { folders = [], lenient = false }: ArchivedTextOptions = {}): void {
  const segments = createSegments([join(dirname(database.name), ARCHIVE), ...folders]);
  database.function('archived_text', (pointer: unknown, id: unknown) => {
    const read = segments.read(String(pointer), String(id));
    if (read.text !== null) return read.text;
    if (lenient) return JSON.stringify({ archiveFault: read.fault });
    throw new StoreFault(`entry ${String(id)}: ${read.fault}`, false, undefined, true);
  });
  const close = database.close.bind(database);
  database.close = () => {
    segments.close();
    return close();
  };
}

/** Why an archived text could not be read, where a lenient connection gave this for it; else null. */
export function archiveFaultOf(text: unknown): string | null {
  const { archiveFault } = (text ?? {}) as { archiveFault?: unknown };
  return typeof archiveFault === 'string' ? archiveFault : null;
}

type Read = { readonly text: string; readonly fault: null } | { readonly text: null; readonly fault: string };

function createSegments(folders: readonly string[]) {
  const open = new Map<string, Segment>();
  const segmentOf = (name: string): Segment => {
    const known = open.get(name) ?? openFirst(folders, name);
    open.delete(name);
    open.set(name, known);
    const [oldest] = open.keys();
    if (open.size > OPEN_MAX && oldest !== undefined) {
      open.get(oldest)?.close();
      open.delete(oldest);
    }
    return known;
  };
  return {
    read: (pointer: string, id: string): Read => {
      const name = pointer.slice(1);
      try {
        return { text: segmentOf(name).read(id), fault: null };
      } catch (error) {
        return { text: null, fault: `its text in segment ${name} of the archive: ${(error as Error).message}` };
      }
    },
    close: (): void => {
      for (const segment of open.values()) segment.close();
      open.clear();
    },
  };
}

function openFirst(folders: readonly string[], name: string): Segment {
  let fault: unknown;
  for (const folder of folders) {
    try {
      return openSegment(join(folder, segmentFile(name)));
    } catch (error) {
      fault ??= error;
    }
  }
  throw fault;
}

/** The file of a segment. Its name is the beginning of its own SHA-256. */
export function segmentFile(name: string): string {
  return `${name}.db`;
}
