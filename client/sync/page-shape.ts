import { z } from 'zod';
import { pullPageShape } from '../../schema/protocol/pull.ts';
import type { PulledDoc } from './pulled-doc.ts';

/** An answer of a pull, its documents looked at together: a shape that is asked for each of thousands takes longer than reading them. */
export const pageShape = pullPageShape.extend({ documents: z.custom<readonly PulledDoc[]>(areDocuments) });
export interface PulledPage extends z.infer<typeof pageShape> {
  /** The answer as it came. */
  readonly bytes?: Uint8Array | undefined;
}

function areDocuments(value: unknown): boolean {
  return (
    Array.isArray(value) && value.every((each) => typeof each === 'object' && each !== null && !Array.isArray(each))
  );
}
