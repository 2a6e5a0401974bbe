import { expect, test } from 'vitest';
import { companyDocShape, settingsDocShape } from '../../schema/company.ts';
import { demoCustomers, demoPromotions, SCALE_RULES } from './demo-offers.ts';

test('[SEED8] the demo’s customers, promotions and scale rules are what devices can read', () => {
  const rev = { epoch: 1, n: 1 };
  for (const doc of [...demoCustomers(), ...demoPromotions()]) {
    expect(companyDocShape.safeParse({ ...doc, rev }).error).toBeUndefined();
  }
  expect(settingsDocShape.shape.scaleBarcodes.safeParse(SCALE_RULES).success).toBe(true);
});
