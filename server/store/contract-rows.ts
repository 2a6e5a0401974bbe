import { branchIdShape, deviceIdShape, entryId, hashShape, scopeShape, tillCodeShape } from '../../schema/ids.ts';
import type { StoredDevice, StoredEntry } from './store.ts';

/** What the contracts of the store put into it. */
export const SCOPE = scopeShape.parse('utama');
export const BRANCH = branchIdShape.parse('utama');
export const DEVICE = deviceIdShape.parse('0123456789abcdef');
export const OTHER = deviceIdShape.parse('fedcba9876543210');
export const HASH = hashShape.parse('a'.repeat(64));

export const device = (deviceId = DEVICE, generation = 1): StoredDevice => ({
  ...{ deviceId, branch: BRANCH, role: 'till', till: tillCodeShape.parse('K1'), generation },
  ...{ publicKey: '{}', certificate: 'c', credentialHash: `hash of ${deviceId}`, enrolledAt: 1 },
  forkOf: null,
});

export const entry = (entrySeq: number, deviceId = DEVICE): StoredEntry => ({
  ...{ id: entryId(deviceId, entrySeq), deviceId, entrySeq, prev: HASH, hash: HASH, scope: SCOPE, kind: 'sale', at: 1 },
  ...{
    json: `{"n":${entrySeq}}`,
    signature: '',
    courier: deviceId,
    receivedAt: 1,
    verdict: 'accepted',
    reason: '',
    flags: [],
  },
});

export const doc = (id: string, json = '{}') => ({ id, scope: SCOPE, json });
