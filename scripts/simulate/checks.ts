import { type AckedEntry, createAckCheck } from './check-acks.ts';
import { createApprovalCheck } from './check-approvals.ts';
import { createDraftCheck } from './check-drafts.ts';
import { createJournalCheck } from './check-journals.ts';
import { createReturnsCheck } from './check-returns.ts';
import { createServerCheck } from './check-server.ts';
import { createShareCheck } from './check-shares.ts';
import { createStockCheck } from './check-stock.ts';
import { createTransferFlagCheck } from './check-transfer-flags.ts';
import { createTransferCheck, type TransferCheck } from './check-transfers.ts';
import { createSeenCertificates, type SeenCertificates } from './seen-certificates.ts';
import type { TillActs } from './till-acts.ts';
import type { World } from './world.ts';

/** A sale is on disk within this long, whatever the network does, in milliseconds. */
const SALE_MS_MAX = 1_000;

/** Everything that holds after every step. Those of I2, I9 and I12 are seen where they happen. */
export interface Checks {
  afterStep(): void;
  acked(): ReadonlyMap<string, AckedEntry>;
  readonly canProve: SeenCertificates['canProve'];
  readonly checkTold: TransferCheck['checkTold'];
}

export function createChecks(world: World, acts: TillActs): Checks {
  const acks = createAckCheck(world);
  const journals = createJournalCheck(world);
  const server = createServerCheck(world);
  const stock = createStockCheck(world);
  const approvals = createApprovalCheck(world);
  const returns = createReturnsCheck(world);
  const drafts = createDraftCheck(world);
  const shares = createShareCheck(world);
  const transfers = createTransferCheck(world);
  const transferFlags = createTransferFlagCheck(world);
  const certificates = createSeenCertificates(world);
  return {
    acked: acks.acked,
    canProve: certificates.canProve,
    checkTold: transfers.checkTold,
    afterStep: () => {
      const fresh = world.watch.takeFresh();
      certificates.look();
      acks.check();
      server.check(fresh);
      approvals.check(fresh);
      returns.check(fresh);
      drafts.check();
      shares.check(fresh);
      transfers.check(fresh);
      transferFlags.check(fresh);
      stock.checkServer(fresh.stocks);
      stock.checkDevices();
      journals.check();
      for (const { machine, open, at } of acts.begun()) {
        // What slept for a while in the middle of it needed so long.
        const isRunning = open.tab.isAlive() && !open.tab.wasFrozen();
        if (isRunning && world.time.now() - at > SALE_MS_MAX)
          world.violate('I11', `a sale at ${machine.name} waits since ${at}`);
      }
    },
  };
}
