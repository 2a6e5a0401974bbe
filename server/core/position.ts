import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';
import type { Epoch } from '../../schema/epoch.ts';
import type { Scope } from '../../schema/ids.ts';
import type { Position } from '../../schema/protocol/checkpoint.ts';
import type { CommitPlace } from '../store/store.ts';

/** Characters of a MAC: 22 of base64url are 132 bits. */
const MAC_LENGTH = 22;
/** MACs remembered: most requests show a place that was just given out, several times over. */
const KNOWN_MAX = 1_000;

/** Makes and checks the places that devices keep. */
export interface Positions {
  sign(epoch: Epoch, scope: Scope, place: CommitPlace): Position;
  /** True when this server made the position, for this scope, in this epoch. */
  verify(epoch: Epoch, scope: Scope, position: Position): boolean;
}

/** `secret` is the server's own, from outside the database: it outlives every restore. */
export function createPositions(secret: string): Positions {
  const key = createSecretKey(secret, 'utf8');
  const known = new Map<string, string>();
  const macOf = (epoch: Epoch, scope: Scope, { seq, tag }: CommitPlace): string => {
    const text = JSON.stringify([epoch.n, epoch.id, scope, seq, tag]);
    const mac = known.get(text) ?? createHmac('sha256', key).update(text).digest('base64url').slice(0, MAC_LENGTH);
    if (known.size >= KNOWN_MAX) known.clear();
    known.set(text, mac);
    return mac;
  };
  return {
    sign: (epoch, scope, { seq, tag }) => ({ seq, tag, mac: macOf(epoch, scope, { seq, tag }) }),
    verify: (epoch, scope, position) => equalText(macOf(epoch, scope, position), position.mac),
  };
}

/** Compares without telling by its time how much was right. */
export function equalText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}
