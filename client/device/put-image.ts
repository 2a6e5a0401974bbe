import { z } from 'zod';
import { hashBytes } from '../../schema/hash.ts';
import type { Hash } from '../../schema/ids.ts';
import { imagePath } from '../../schema/protocol/image.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { Http } from '../sync/http.ts';

/** Hands a picture to the server; its name is the hash of its bytes. */
export async function putImage(
  http: Http,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<Hash, 'offline' | 'refused'>> {
  const image = hashBytes(bytes);
  const answer = await http.request('PUT', imagePath(image), bytes, z.object({}));
  if (answer.ok) return ok(image);
  return fail(answer.error.kind === 'refused' ? 'refused' : 'offline');
}
