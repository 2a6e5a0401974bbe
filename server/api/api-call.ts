import type { ApiErrorCode } from '../../schema/api/api-error.ts';
import type { Integration } from '../../schema/api/integration.ts';
import { branchScope, COMPANY_SCOPE, type Scope } from '../../schema/ids.ts';
import type { Core } from '../core/core.ts';

/** What a request of another system is answered from. */
export interface ApiContext {
  readonly core: Core;
  readonly integration: Integration;
  /** A request's header, or undefined. */
  header(name: string): string | undefined;
}

/** An error that the caller can mend: answered with its code, and what is wrong with which place. */
export class ApiFault extends Error {
  override readonly name = 'ApiFault';
  readonly code: ApiErrorCode;
  readonly detail: string | undefined;
  constructor(code: ApiErrorCode, detail?: string) {
    super(detail ?? code);
    this.code = code;
    this.detail = detail;
  }
}

/** The scopes that a token reads: the company's and its own branch's, and no other (I9). */
export function scopesOf({ branch }: Pick<Integration, 'branch'>): readonly [Scope, Scope] {
  return [COMPANY_SCOPE, branchScope(branch)];
}
