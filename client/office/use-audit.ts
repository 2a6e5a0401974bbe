import { useCallback, useEffect, useState } from 'react';
import type { AuditRow } from '../../schema/protocol/audit.ts';
import { useDevice } from '../app/contexts.ts';
import { useLive } from '../app/use-live.ts';

export interface Audit {
  readonly rows: readonly AuditRow[];
  readonly state: 'loading' | 'loaded' | 'offline' | 'refused';
  /** Null at the end of the list. */
  readonly next: string | null;
  more(): void;
  again(): void;
}

const EMPTY = { rows: [], state: 'loading', next: null } as const;

/** The server's list of changes: its newest page, again whenever a document of the company or an own edit moved, and older ones on demand. */
export function useAudit(): Audit {
  const { masterData, company, office } = useDevice();
  const [audit, setAudit] = useState<Pick<Audit, 'rows' | 'state' | 'next'>>(EMPTY);
  const load = useCallback(
    async (before: string | null) => {
      const page = await masterData.auditNow(before);
      setAudit((held) => {
        if (!page.ok) return { ...held, state: page.error };
        const { rows, next } = page.value;
        return { rows: before === null ? rows : [...held.rows, ...rows], state: 'loaded', next };
      });
    },
    [masterData],
  );
  const all = useLive(company.all);
  const edits = useLive(office.edits);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what changed here is in the list, once the server has it.
  useEffect(() => void load(null), [load, all, edits]);
  return {
    ...audit,
    more: () => void load(audit.next),
    again: () => {
      setAudit((held) => ({ ...held, state: 'loading' }));
      void load(null);
    },
  };
}
