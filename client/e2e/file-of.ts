import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

/**
 * A JSON file as a test hands it to a field: by its bytes. One that is given by its path a driven browser now and then puts into the field
 * without telling the page of it, however often it is given again, as three traces show.
 */
export function fileOf(path: string) {
  return { name: basename(path), mimeType: 'application/json', buffer: readFileSync(path) };
}
