import { sealEntry } from '../../schema/chain.ts';
import type { DeviceEntry, Head } from '../../schema/entry/entry.ts';
import type { PersonId } from '../../schema/ids.ts';
import type { Product } from '../../schema/product.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../schema/protocol/version.ts';
import { quantity } from '../../schema/quantity.ts';
import type { DeviceMachine } from './device-machine.ts';
import { HOSTILE_PRICE } from './hostile-price.ts';
import { soldIn } from './make-shop.ts';
import type { Play } from './play.ts';
import { WORLD_BEGINS } from './server-machine.ts';
import type { WireAnswer } from './server-request.ts';
import type { HostileKind, PoisonKind } from './step.ts';
import { HOME } from './world.ts';

export function spoil(kind: PoisonKind, entry: DeviceEntry): unknown {
  switch (kind) {
    case 'deep': {
      let deep: unknown = 1;
      for (let level = 0; level < 2_000; level += 1) deep = [deep];
      return { ...entry, extra: deep };
    }
    case 'huge':
      return { ...entry, extra: 'x'.repeat(300_000) };
    case 'fraction':
      return { ...entry, at: 1.5 };
    case 'surrogate':
      return { ...entry, extra: '\ud800' };
    case 'shape':
      return { ...entry, body: { lines: 'none' } };
    case 'proto':
      return JSON.parse(`${JSON.stringify(entry).slice(0, -1)},"__proto__":{"admin":true}}`);
    case 'not-an-object':
      return { id: entry.id, prev: entry.prev, hash: entry.hash, body: null };
    case 'hash':
      return { ...entry, at: entry.at + 1 };
    case 'stub':
      return { id: entry.id, prev: entry.prev, hash: entry.hash, stub: true, bytes: 300_000 };
  }
}

/** A stolen device tries something; nothing may come of it but answers. */
export function performHostile(play: Play, kind: HostileKind, device: number) {
  const { world } = play;
  const thief = play.pick(device);
  const victim = play.living().find((each) => each !== thief && each.branch === HOME);
  if (!thief || !victim) return;
  world.count('F18');
  const ask = (method: string, path: string, body: unknown = undefined, credential = credentialOf(thief)) =>
    world.server.ask({
      ...{ method, path, body: body === undefined ? '' : JSON.stringify(body) },
      headers: {
        authorization: `Bearer ${credential}`,
        'content-type': 'application/json',
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      },
    });
  const judge = (answer: WireAnswer | null) => judgeAnswer(play, thief, kind, answer);
  const push = (body: unknown) => void ask('POST', '/sync/v1/journal/push', body).then(judge);
  switch (kind) {
    case 'foreign-entry':
      return push({ entries: [forge(play, victim)] });
    case 'forged-signature': {
      const entry = forge(play, victim);
      const signature = 'A'.repeat(86);
      const certificates = [victim.storage().vault.enrolment?.certificate];
      return push({ entries: [entry], signatures: [{ id: entry.id, hash: entry.hash, signature }], certificates });
    }
    case 'duplicate-ids':
      return push({ entries: [forge(play, victim), forge(play, victim), { id: 7 }, null] });
    case 'renumbered':
      return push({ entries: [{ ...forge(play, victim), seq: 10 ** 9 }] });
    case 'other-branch':
      for (const collection of ['company', 'products', 'stock', 'branchJournal']) {
        const scopes = {
          cabang: { seq: 0, tag: '', mac: '', grant: 'home' },
          utama: { seq: 0, tag: '', mac: '', grant: 'home' },
        };
        const checkpoint = encodeURIComponent(JSON.stringify({ epoch: { n: 1, id: '0'.repeat(16) }, scopes }));
        void ask('GET', `/sync/v1/${collection}/pull?checkpoint=${checkpoint}&limit=5000`).then(judge);
      }
      return;
    case 'edit-by-till':
      return void ask(
        'POST',
        '/sync/v1/edits/push',
        { edits: [forgedEdit(play)] },
        credentialOf(victimTill(play)),
      ).then(judge);
    case 'write-master':
      return void ask('POST', '/sync/v1/products/push', [
        { newDocumentState: { id: 'p0', price: HOSTILE_PRICE } },
      ]).then(judge);
    case 'bad-credential':
      return void ask('GET', '/sync/v1/company/pull', undefined, 'x'.repeat(43)).then(judge);
    case 'bad-checkpoint':
      return void ask(
        'GET',
        `/sync/v1/stock/pull?limit=abc&checkpoint=${encodeURIComponent('{"epoch":{"n":99,"id":"zzzzzzzzzzzzzzzz"},"scopes":{"utama":{"seq":999999,"tag":"x","mac":"y","grant":"home"}}}')}`,
      ).then(judge);
  }
}

function victimTill(play: Play): DeviceMachine | undefined {
  return play.living().find(({ name, branch }) => branch === HOME && name.startsWith('K'));
}

function credentialOf(machine: DeviceMachine | undefined): string {
  return machine?.storage().vault.enrolment?.credential ?? 'none';
}

/** The next entry of somebody else's journal, as a thief would write it. */
function forge(play: Play, victim: DeviceMachine): DeviceEntry {
  const { deviceId, branch } = victim.storage().vault.enrolment?.device ?? {
    deviceId: victim.deviceId(),
    branch: HOME,
  };
  const own = [...victim.storage().docs.journal.values()].at(-1) as (Head & DeviceEntry) | undefined;
  const head = own ? { seq: own.seq, hash: own.hash } : { seq: 0, hash: '0'.repeat(64) as Head['hash'] };
  const lines = [{ productId: soldIn(play.world, HOME)[0] as never, delta: quantity(1_000) }];
  const draft = { deviceId, branch, person: 'sari' as PersonId, at: WORLD_BEGINS + play.random.whole(1_000) };
  const entry = sealEntry({ ...draft, kind: 'adjust', body: { reason: 'forged', lines } }, head);
  play.world.forgeries.add(entry.hash);
  return entry;
}

function forgedEdit(play: Play): object {
  const docId = soldIn(play.world, HOME)[0];
  const json = play.world.watch.rows().document.get(`products ${docId}`)?.json ?? 'null';
  const held = JSON.parse(json) as Product | null;
  return {
    ...{ editId: `forged-${play.random.whole(1_000_000)}`, collection: 'products', docId, baseRevision: held?.rev },
    ...{ base: { price: held?.price }, patch: { price: HOSTILE_PRICE }, person: 'budi', at: 1 },
  };
}

function judgeAnswer({ world }: Play, thief: DeviceMachine, kind: HostileKind, answer: WireAnswer | null): void {
  if (answer === null) return;
  if (answer.status === 500) world.violate('I12', `${kind} made the server fail`);
  if (answer.text.includes(thief.branch === HOME ? 'kenari-cabang' : 'kenari-utama'))
    world.violate('I9', `${kind} brought another branch's bytes to ${thief.name}`);
}
