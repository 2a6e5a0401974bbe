import type { Deps } from '../deps.ts';

/** What a person does about a damaged database. */
export const RESTORE_ADVICE =
  'Nothing more is acknowledged, and tills keep what they sell. Stop the server and restore the newest backup: npm run restore -- --from FILE';

/** Whether the database can still be trusted. Once damage was found, nothing is acknowledged until somebody restores. */
export interface Health {
  /** The first damage that was found; null while none was. */
  damage(): string | null;
  report(damage: string): void;
}

export function createHealth({ log }: Pick<Deps, 'log'>): Health {
  let first: string | null = null;
  return {
    damage: () => first,
    report: (damage) => {
      log.fatal({ damage }, `the database is damaged. ${RESTORE_ADVICE}`);
      first ??= damage;
    },
  };
}
