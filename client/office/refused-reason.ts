/** Reasons that the server gives in a word (server/core/push-edits.ts, edit-company.ts), each with a sentence of its own. */
export const REFUSED_REASONS = ['currency-in-use', 'unknown-document', 'unknown-product', 'role', 'person'] as const;
export type RefusedReason = (typeof REFUSED_REASONS)[number];

/** The sentence's key for what the server said; `other` stands for what it found in the change itself, and says that beside it. */
export function refusedReason(reason: string): RefusedReason | 'other' {
  return REFUSED_REASONS.find((known) => known === reason) ?? 'other';
}
