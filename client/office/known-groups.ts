import type { CustomerDoc, PromotionDoc } from '../../schema/company.ts';

/** The group that every shop begins with. */
export const MEMBER_GROUP = 'member';

/** The groups that customers and promotions name, members first. */
export function knownGroups(customers: readonly CustomerDoc[], promotions: readonly PromotionDoc[]): readonly string[] {
  const named = [...customers, ...promotions].flatMap(({ group }) => (group === undefined ? [] : [group]));
  return [...new Set([MEMBER_GROUP, ...named.sort()])];
}
