import type { DraftDeed } from './draft-acts.ts';
import { badLink, goodLink } from './link.ts';
import { performOldDevice } from './old-device.ts';
import { wishesOf } from './perform.ts';
import { performAge } from './perform-age.ts';
import { performHostile } from './perform-hostile.ts';
import { performLate } from './perform-late.ts';
import { performOversized } from './perform-oversized.ts';
import { performPoison } from './perform-poison.ts';
import { performRecovery } from './perform-recovery.ts';
import { performRevoke } from './perform-revoke.ts';
import { performStorage } from './perform-storage.ts';
import type { Play } from './play.ts';
import type { Deed } from './step.ts';

type FaultDeed = Exclude<
  Deed,
  {
    do:
      | 'sell'
      | 'sell-on-credit'
      | 'pay-back'
      | 'shift'
      | 'bring-back'
      | 'by-cashier'
      | 'ticket'
      | 'transfer'
      | 'order'
      | DraftDeed
      | 'refund'
      | 'receive'
      | 'adjust'
      | 'edit'
      | 'wait'
      | 'wake';
  }
>;

/** Makes something go wrong. */
export function performFault(play: Play, deed: FaultDeed) {
  const { world } = play;
  switch (deed.do) {
    case 'bad-link':
      return spoilLink(play, deed);
    case 'all-reconnect':
      return reconnectAll(play, deed.downMs, deed.strangers);
    case 'long-offline':
      return staySellOffline(play, deed.device, deed.sales);
    case 'kill-server':
      return killServer(play, deed);
    case 'server-disk':
      world.server.faults.disk = deed.is;
      world.time.after(deed.forMs, () => {
        world.server.faults.disk = 'well';
      });
      return;
    case 'server-clock':
      world.count('F7');
      world.server.faults.clockOffsetMs = deed.offsetMs;
      return;
    case 'poison':
    case 'gap':
      return performPoison(play, deed);
    case 'hostile':
      return performHostile(play, deed.kind, deed.device);
    case 'old-device':
      return performOldDevice(play, deed.lines);
    case 'oversized':
      return performOversized(play, deed);
    case 'grow-old':
      return performAge(play);
    case 'lose-entry':
      return performLate(play, deed);
    case 'revoke':
      return performRevoke(play, deed);
    case 'backup':
    case 'restore':
    case 'roll-back':
    case 'enrol-new':
    case 'die':
    case 'end-device':
    case 'retire':
      return performRecovery(play, deed);
    default:
      return performStorage(play, deed);
  }
}

function spoilLink(play: Play, { device, kind, forMs }: Extract<Deed, { do: 'bad-link' }>): void {
  const machine = play.pick(device);
  if (!machine) return;
  const spoilt = badLink(kind, play.random);
  machine.link.set(spoilt);
  play.world.time.after(forMs, () => {
    if (machine.link.conditions() === spoilt) machine.link.set(goodLink());
  });
}

/** The shop's line comes back, and everybody is told at once. */
function reconnectAll(play: Play, downMs: number, strangers: number): void {
  const { world } = play;
  const machines = play.living();
  for (const machine of machines) machine.link.set({ ...goodLink(), up: false });
  world.time.after(downMs, () => {
    world.count('F16');
    for (const machine of machines) {
      machine.link.set(goodLink());
      machine.wake('online');
    }
    const credential = machines[0]?.storage().vault.enrolment?.credential ?? '';
    const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
    for (let each = 0; each < strangers; each += 1)
      void world.server.ask({ method: 'GET', path: '/sync/v1/company/pull?limit=1', headers, body: '' });
  });
}

/** A till is away, and sells on; then it comes back with everything it sold. */
function staySellOffline(play: Play, device: number, sales: number): void {
  const machine = play.pick(device);
  if (!machine) return;
  const away = { ...goodLink(), up: false };
  machine.link.set(away);
  const sellOne = (left: number) => {
    const open = machine.active();
    if (open) play.acts.sell(machine, open, wishesOf(play, machine, [[left, 1]]));
    if (left > 1) play.world.time.after(400, () => sellOne(left - 1));
    else if (machine.link.conditions() === away) {
      play.world.count('F15');
      machine.link.set(goodLink());
    }
  };
  sellOne(sales);
}

function killServer(play: Play, { at, downMs }: Extract<Deed, { do: 'kill-server' }>): void {
  const { server, time } = play.world;
  if (at === 'now') server.kill();
  else server.faults.killAt = at;
  // Whenever it goes, somebody starts it again.
  const look = () => {
    if (!server.isUp()) play.startServerLater(downMs);
    else if (server.faults.killAt !== null) time.after(500, look);
  };
  look();
}
