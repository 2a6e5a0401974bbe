import type { PersonId } from '../../schema/ids.ts';
import { isPinLocked, PIN_TRIES_MAX } from '../../schema/pin.ts';
import type { PinsAnswer } from '../../schema/protocol/pins.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import { createMutex } from '../store/mutex.ts';
import type { SealedPin, Vault } from '../store/vault.ts';
import type { Timers } from './device-deps.ts';
import { createLive, type Live } from './live.ts';
import type { PinFault } from './people.ts';
import { makeSealKey, pinProof, sealOf, verifierOf } from './pin-crypto.ts';
import { createPinTries, type PinTries } from './pin-tries.ts';

export type PinRow = PinsAnswer['pins'][number];

/** The PINs that this device can check, sealed, and the wrong tries at them. */
export interface PinBook {
  readonly seals: Live<Readonly<Record<string, SealedPin>>>;
  readonly tries: PinTries;
  /** Compares a PIN; gives its proof. Each wrong one counts, on disk before the answer. */
  check(person: PersonId, pin: string): Promise<Result<string, PinFault>>;
  /** Takes the server's verifiers in, sealed; seals of people it names no more go. A new PIN forgets wrong tries at the old one. */
  take(rows: readonly PinRow[]): Promise<void>;
  /** Takes in one that was set here just now. */
  add(row: PinRow): Promise<void>;
  load(): Promise<void>;
  stop(): void;
}

export interface PinBookDeps {
  readonly vault: Vault;
  readonly subtle: SubtleCrypto;
  readonly timers: Timers;
  /** Wrong tries that a person should hear of later. */
  readonly onWrong: (person: PersonId, failures: number) => void;
}

export function createPinBook({ vault, subtle, timers, onWrong }: PinBookDeps): PinBook {
  const seals = createLive<Readonly<Record<string, SealedPin>>>({});
  const tries = createPinTries(vault, timers);
  const inTurn = createMutex();
  const sealKey = async () => {
    const held = await vault.get('pinKey');
    if (held) return held;
    const made = await makeSealKey(subtle);
    await vault.put('pinKey', made);
    return made;
  };
  const check = async (person: PersonId, pin: string): Promise<Result<string, PinFault>> => {
    const sealed = seals.get()[person];
    if (!sealed) return fail({ code: 'no-verifier' });
    await tries.refresh(person);
    if (isPinLocked(tries.of(person).failures)) return fail({ code: 'locked' });
    if (tries.of(person).waitMs > 0) return fail({ code: 'wait' });
    // Another tab may have spent the last one in this moment.
    if ((await tries.begin(person)) > PIN_TRIES_MAX) return fail({ code: 'locked' });
    const proof = await pinProof(subtle, pin, sealed);
    if ((await sealOf(subtle, await sealKey(), await verifierOf(subtle, proof))) === sealed.seal) {
      await tries.clear(person);
      return ok(proof);
    }
    tries.wrong(person);
    const { failures } = tries.of(person);
    onWrong(person, failures);
    return fail(isPinLocked(failures) ? { code: 'locked' } : { code: 'wrong', left: PIN_TRIES_MAX - failures });
  };
  const sealed = async (rows: readonly PinRow[]) => {
    const key = await sealKey();
    const next: Record<string, SealedPin> = {};
    for (const { person, mark, salt, rounds, verifier } of rows) {
      next[person] = { mark, salt, rounds, seal: await sealOf(subtle, key, verifier) };
      if (seals.get()[person]?.mark !== mark) await tries.clear(person);
    }
    return next;
  };
  const keep = async (next: Readonly<Record<string, SealedPin>>) => {
    await vault.put('pins', next);
    seals.set(next);
  };
  return {
    seals,
    tries,
    // A disk that cannot count lets nobody try.
    check: (person, pin) => inTurn(() => check(person, pin).catch(() => fail({ code: 'not-written' } as const))),
    take: (rows) => inTurn(async () => keep(await sealed(rows))),
    add: (row) => inTurn(async () => keep({ ...seals.get(), ...(await sealed([row])) })),
    load: async () => {
      seals.set((await vault.get('pins')) ?? {});
      await tries.load();
    },
    stop: tries.stop,
  };
}
