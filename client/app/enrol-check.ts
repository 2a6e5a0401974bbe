import { ENROL_CODE_LENGTH } from '../../schema/limits.ts';
import { enrolCodeShape, normaliseEnrolCode } from '../../schema/protocol/enrol.ts';
import { serverOrigin } from '../device/setting-bounds.ts';

/** What can be said about a typed code and address before anybody is asked. Null: nothing is wrong with them. */
export type EnrolTypo = { readonly code: 'short'; readonly count: number } | { readonly code: 'letters' | 'address' };

export function findEnrolTypo(code: string, serverAddress: string): EnrolTypo | null {
  const normal = normaliseEnrolCode(code);
  if (normal.length !== ENROL_CODE_LENGTH) return { code: 'short', count: normal.length };
  if (!enrolCodeShape.safeParse(normal).success) return { code: 'letters' };
  return isServerAddress(serverAddress) ? null : { code: 'address' };
}

/** True for '' (this app's own origin), for an http(s) address, and for one without its `https://`. */
export function isServerAddress(typed: string): boolean {
  const otherScheme = /^(?!https?:)[a-z][a-z0-9+.-]*:(?!\d)/i.test(typed.trim());
  return !otherScheme && serverOrigin(typed, 'http://localhost') !== null;
}

/** The link a new device opens: its slot, then the code behind `#`, which no server ever sees. */
export function enrolLink(origin: string, till: string, code: string): string {
  return `${origin}/?till=${encodeURIComponent(till)}#/enrol/${code}`;
}

/** The code in a hash path, or ''. */
export function codeInPath(path: string): string {
  return /^\/enrol\/([^/]+)/.exec(path)?.[1] ?? '';
}
