import type { DeviceId } from '../../schema/ids.ts';
import type { Rows } from '../../server/store/memory/tables.ts';
import type { Random } from '../replay/random.ts';
import type { DeviceMachine } from './device-machine.ts';
import { createDraftActs, type DraftActs } from './draft-acts.ts';
import { enrolMachine } from './make-shop.ts';
import type { Ordered } from './order-steps.ts';
import type { RawDevice } from './raw-device.ts';
import type { TillActs } from './till-acts.ts';
import type { Delivery } from './transfer-steps.ts';
import { ELSEWHERE, HOME, type World } from './world.ts';

/** No more devices than this are added: each costs time. */
export const DEVICES_MAX = 6;

/** The till that grows old: it is spared what a schedule does to one device, so that it gets there. */
export const OLD_TILL = 'A1';

/** A world in play: who lives in it, and what was put aside. */
export interface Play {
  readonly world: World;
  readonly acts: TillActs;
  readonly draftActs: DraftActs;
  readonly random: Random;
  readonly backups: Rows[];
  /** Goods that were sent to the other branch. */
  readonly deliveries: Delivery[];
  /** What managers put on orders. */
  readonly ordered: Ordered[];
  /** Clients that nobody here wrote. */
  readonly rawDevices: Set<RawDevice>;
  /** Devices of which somebody said that they are revoked; the server may not have been there. Copies are no others. */
  readonly named: Set<DeviceId>;
  /** It goes on selling, hands in what it holds, and hears nothing else. */
  isRevoked(machine: DeviceMachine): boolean;
  /** Nothing goes wrong any more: everything is being mended. */
  isOver(): boolean;
  end(): void;
  /** A device that lives, by any number. */
  pick(number: number): DeviceMachine | undefined;
  living(): readonly DeviceMachine[];
  manager(): DeviceMachine | undefined;
  /** The device is gone for good: burnt, stolen, or its profile deleted. */
  bury(machine: DeviceMachine): void;
  /** Opens a device again after a while, as often as it takes. */
  reopenLater(machine: DeviceMachine, ms: number): void;
  startServerLater(ms: number): void;
  /** Work of the world that is under way; it ends before the next step begins. */
  queue(work: () => Promise<void>): void;
  workOff(): Promise<void>;
}

export function createPlay(world: World, acts: TillActs): Play {
  const buried = new Set<DeviceMachine>();
  const named = new Set<DeviceId>();
  const idOf = (machine: DeviceMachine) => machine.storage().vault.enrolment?.device.deviceId;
  const isNamed = (machine: DeviceMachine) => named.has(idOf(machine) as DeviceId);
  let over = false;
  let waiting: (() => Promise<void>)[] = [];
  const living = () => world.machines.filter((machine) => !buried.has(machine));
  const reopen = (machine: DeviceMachine) => {
    if (buried.has(machine) || machine.tabs().length > 0) return;
    void machine.open().catch(() => world.time.after(1_000, () => reopen(machine)));
  };
  const startServer = () => {
    if (world.server.isUp()) return;
    void world.server.start().catch(() => world.time.after(1_000, startServer));
  };
  return {
    ...{
      world,
      acts,
      draftActs: createDraftActs(world),
      random: world.chance(3),
      backups: [],
      deliveries: [],
      ordered: [],
      rawDevices: new Set(),
      named,
      living,
    },
    isRevoked: (machine) => isNamed(machine) && (world.server.core()?.ledger.isRevoked(machine.deviceId()) ?? true),
    isOver: () => over,
    end: () => {
      over = true;
    },
    pick: (number) => {
      const alive = living().filter((machine) => machine.name !== OLD_TILL && !isNamed(machine));
      return alive[number % Math.max(1, alive.length)];
    },
    manager: () => living().find(({ name }) => name.startsWith('M')),
    bury: (machine) => {
      machine.kill();
      buried.add(machine);
    },
    reopenLater: (machine, ms) => void world.time.after(ms, () => reopen(machine)),
    startServerLater: (ms) => void world.time.after(ms, startServer),
    queue: (work) => void waiting.push(work),
    workOff: async () => {
      const now = waiting;
      waiting = [];
      for (const work of now) await work();
    },
  };
}

/** The devices that every world begins with: tills and a manager's at home, a till of the other branch; of two managers where they order. */
export async function openDevices(world: World): Promise<void> {
  for (const [name, branch, role] of [
    ['K1', HOME, 'till'],
    ['K2', HOME, 'till'],
    ['M1', HOME, 'manager'],
    ['X1', ELSEWHERE, 'till'],
    ...(world.orders ? [['M2', HOME, 'manager'] as const] : []),
  ] as const) {
    if (!(await enrolMachine(world, world.addMachine(name, branch), role)))
      throw new Error(`${name} was not enrolled.`);
  }
}
