import { createMovements, type MovementsDeps } from './create-movements.ts';
import { createOrders, type OrdersDeps } from './create-orders.ts';
import { createReports, type ReportsDeps } from './create-reports.ts';
import { createStocktakes, type StocktakesDeps } from './create-stocktakes.ts';
import { createTransfers, type TransfersDeps } from './create-transfers.ts';
import type { Device } from './device.ts';
import { createDeviceCare } from './device-care.ts';
import { createMasterData, type MasterDataDeps } from './edit-master-data.ts';
import { createIntegrations, type IntegrationsDeps } from './integrations.ts';

/** What of a device no sale needs. */
export type BackRoom = Pick<
  Device,
  'care' | 'integrations' | 'masterData' | 'movements' | 'orders' | 'reports' | 'stocktakes' | 'transfers'
>;

/** Its program, which a first screen does not wait for. */
export interface BackRoomProgram {
  createBackRoom(deps: BackRoomDeps): BackRoom;
}

/** Of each what it asks for; they share most of it. */
export interface BackRoomDeps {
  readonly movements: Omit<MovementsDeps, 'today'>;
  readonly drafted: OrdersDeps & StocktakesDeps & TransfersDeps;
  readonly reports: ReportsDeps;
  readonly edits: MasterDataDeps;
  readonly asked: IntegrationsDeps;
}

export function createBackRoom({ movements, drafted, reports: reported, edits, asked }: BackRoomDeps): BackRoom {
  const reports = createReports(reported);
  return {
    care: createDeviceCare(asked),
    integrations: createIntegrations(asked),
    masterData: createMasterData(edits),
    movements: createMovements({ ...movements, today: reports.today }),
    orders: createOrders(drafted),
    reports,
    stocktakes: createStocktakes(drafted),
    transfers: createTransfers(drafted),
  };
}
