import type { DeviceId } from '../../../schema/ids.ts';
import { createKeptAnswers, type KeptAnswers, type KeptSource } from '../kept-answers.ts';
import type { ReadTx } from '../store.ts';
import { createLayer, type Layer } from './layer.ts';
import { createMemoryReads, placeOf } from './memory-read.ts';
import { createMemoryWrites, type Writes } from './memory-write.ts';
import { emptyRows } from './tables.ts';

/** One transaction's own view of the tables. */
export interface Half {
  readonly layer: Layer;
  readonly reads: ReadTx;
  readonly writes: Writes;
}

/** The transactions of one memory store, which share what they were answered as those of a writing connection do. */
export interface KeptInMemory {
  readonly kept: KeptAnswers;
  /** From here on what is not kept is asked of this transaction, and what it writes is noted. */
  begin(half: Half): Half;
}

/** As the SQLite store keeps answers, so that whoever plays with this one plays with that too. Nobody else writes into a store in memory. */
export function keepInMemory(): KeptInMemory {
  let now: Half = halfOf(createLayer(emptyRows()));
  const source: KeptSource = {
    version: () => 0,
    placeOf: (scope) => placeOf(now.layer, scope),
    chainEnd: (deviceId) => chainEnd(now.layer, deviceId),
  };
  const kept = createKeptAnswers(
    source,
    passOn(now.reads, () => now.reads),
  );
  const noting = kept.noting(passOn(now.writes, () => now.writes));
  return {
    kept,
    begin: (half) => {
      now = half;
      kept.begin();
      return { layer: half.layer, reads: kept.reads, writes: noting };
    },
  };
}

function halfOf(layer: Layer): Half {
  return { layer, reads: createMemoryReads(layer), writes: createMemoryWrites(layer, () => 0) };
}

type AnyAct = (...args: never[]) => unknown;

/** The same acts, each done by whoever is meant when it is called. */
function passOn<Acts extends object>(acts: Acts, meant: () => Acts): Acts {
  const named = Object.keys(acts).map((name) => [
    name,
    (...args: never[]) => (meant()[name as keyof Acts] as AnyAct)(...args),
  ]);
  return Object.fromEntries(named) as Acts;
}

function chainEnd(layer: Layer, deviceId: DeviceId): number {
  let end = 0;
  for (const key of layer.keys('entry')) {
    const entry = layer.get('entry', key);
    if (entry?.deviceId === deviceId) end = Math.max(end, entry.entrySeq);
  }
  return end;
}
