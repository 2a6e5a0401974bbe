import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** One place of a source that a plant changes. */
export interface PlantedEdit {
  /** Relative to the repository. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** A bug that is put in on purpose, in the simulator's process only, and the rule that it must break. */
export interface Plant {
  readonly name: string;
  readonly rule: string;
  readonly what: string;
  /** Where what it needs is rare: the first seed that is played with it, so that proving all plants takes no longer than it must. */
  readonly from?: number;
  readonly edits: readonly PlantedEdit[];
}

const ROOT = new URL('../../', import.meta.url);

/** A source with the plant's edits of it. Throws where the source no longer holds what is to be changed, exactly once. */
export function plantIn(plant: Plant, file: string, source: string): string {
  return plant.edits
    .filter((edit) => edit.file === file)
    .reduce((text, { find, replace }) => {
      const [before, after, ...more] = text.split(find);
      if (before === undefined || after === undefined || more.length > 0)
        throw new Error(`The plant ${plant.name} does not match ${file} exactly once.`);
      return `${before}${replace}${after}`;
    }, source);
}

/** Changes the plant's sources as this process loads them. Must come before they are loaded. */
export function installPlant(plant: Plant): void {
  const files = new Map(plant.edits.map(({ file }) => [new URL(file, ROOT).href, file]));
  registerHooks({
    load: (url, context, nextLoad) => {
      const loaded = nextLoad(url, context);
      const file = files.get(url);
      if (file === undefined) return loaded;
      const source = typeof loaded.source === 'string' ? loaded.source : readSource(url);
      return { ...loaded, source: plantIn(plant, file, source) };
    },
  });
}

function readSource(url: string): string {
  return readFileSync(fileURLToPath(url), 'utf8');
}

/** The repository's source of a file. */
export function sourceOf(file: string): string {
  return readSource(pathToFileURL(fileURLToPath(new URL(file, ROOT))).href);
}
