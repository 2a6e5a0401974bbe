import { FAULT_BEAT_MS, FAULT_CHANCE, OFFLINE_MS } from './fault-kinds.ts';
import type { FaultyNetwork } from './faulty-network.ts';
import type { Random } from './random.ts';

/**
 * Begins offline periods and cuts sockets at random, in a steady beat, until stopped. Stopping ends an offline period.
 * The random is its own stream, so that requests and periods do not shift each other.
 */
export function startFaultBeat(network: FaultyNetwork, random: Random): { stop(): void } {
  let offlineForMs = 0;
  const beat = setInterval(() => {
    const begins = random.chance(FAULT_CHANCE.offline);
    const lengthMs = random.between(OFFLINE_MS.least, OFFLINE_MS.most);
    if (random.chance(FAULT_CHANCE.socketCut)) network.cutSocket();
    if (offlineForMs > 0) {
      offlineForMs -= FAULT_BEAT_MS;
      if (offlineForMs <= 0) network.comeBack();
    } else if (begins) {
      offlineForMs = lengthMs;
      network.goOffline();
    }
  }, FAULT_BEAT_MS);
  return { stop: () => clearInterval(beat) };
}
