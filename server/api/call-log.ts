import { type ApiCall, CALLS_KEPT, type Integration, type IntegrationId } from '../../schema/api/integration.ts';

/** The last requests of each token since this process started, for the office. */
export interface CallLog {
  note(id: IntegrationId, call: ApiCall): void;
  /** Newest first. */
  callsOf(integration: Pick<Integration, 'id'>): ApiCall[];
}

export function createCallLog(): CallLog {
  const byId = new Map<IntegrationId, ApiCall[]>();
  return {
    note: (id, call) => byId.set(id, [call, ...(byId.get(id) ?? [])].slice(0, CALLS_KEPT)),
    callsOf: ({ id }) => byId.get(id) ?? [],
  };
}
