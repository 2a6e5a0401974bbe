import { z } from 'zod';
import { editVerdictShape } from './push.ts';

/** Changes on one page. */
export const AUDIT_LIMIT = 100;

/** One change of master data as the server holds it: what was wished, by whom, at which device, and what became of it. */
export const auditRowShape = z.object({
  collection: z.string().max(20),
  docId: z.string().max(80),
  /** What the document is called; left out where it has no name, or is none any more. */
  name: z.string().max(200).optional(),
  patch: z.record(z.string(), z.json()),
  base: z.record(z.string(), z.json()),
  person: z.string().max(40),
  device: z.string().max(40),
  /** The changing device's clock, and the server's when it arrived; milliseconds. */
  at: z.int(),
  receivedAt: z.int(),
  verdict: editVerdictShape.shape.verdict,
  reason: z.string().max(200).optional(),
});
export type AuditRow = z.infer<typeof auditRowShape>;

/** `GET /api/v1/audit?before=`, since version 3: newest first. `next` is the `before` of the page behind it; null at the end. */
export const auditPageShape = z.object({ rows: z.array(auditRowShape), next: z.string().nullable() });
export type AuditPage = z.infer<typeof auditPageShape>;
