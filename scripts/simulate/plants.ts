import type { Plant } from './plant.ts';
import { CLIENT_PLANTS } from './plants-client.ts';
import { DRAFT_PLANTS } from './plants-drafts.ts';
import { LOG_PLANTS } from './plants-log.ts';
import { ORDER_PLANTS } from './plants-orders.ts';
import { SERVER_PLANTS } from './plants-server.ts';
import { SHARE_PLANTS } from './plants-shares.ts';
import { TRANSFER_PLANTS } from './plants-transfers.ts';

/** Bugs that are planted on purpose. Each must be caught by the rule it breaks: that proves the checks. */
export const PLANTS: readonly Plant[] = [
  ...SERVER_PLANTS,
  ...CLIENT_PLANTS,
  ...DRAFT_PLANTS,
  ...ORDER_PLANTS,
  ...LOG_PLANTS,
  ...SHARE_PLANTS,
  ...TRANSFER_PLANTS,
];
