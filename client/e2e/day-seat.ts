import type { Route } from '@playwright/test';
import { enrol, type Seat } from './seat.ts';

const COMPANY = '**/sync/v1/company/pull*';

/** Enrols a device of a shop that lets cashiers close a shift by themselves and nothing else: lines are voided with leave. */
export async function enrolStrictly(seat: Seat, code: string): Promise<void> {
  await seat.page.route(COMPANY, async (route: Route) => {
    const response = await route.fetch();
    const answer = (await response.json()) as { documents: Record<string, unknown>[] };
    for (const one of answer.documents) if (one.kind === 'settings') one.cashierMay = ['shift-close'];
    await route.fulfill({ response, json: answer });
  });
  await enrol(seat, code);
  await seat.page.unroute(COMPANY);
}
