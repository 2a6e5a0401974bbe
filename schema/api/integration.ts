import { z } from 'zod';
import { branchIdShape, personIdShape, tillCodeShape } from '../ids.ts';

/** What a token may do: `read` lists, `write` hands in sales. */
export const apiRightShape = z.enum(['read', 'write']);
export type ApiRight = z.infer<typeof apiRightShape>;

export const integrationIdShape = z
  .string()
  .regex(/^[0-9a-z]{12}$/)
  .brand<'IntegrationId'>();
export type IntegrationId = z.infer<typeof integrationIdShape>;

/** Integrations of one branch, revoked ones included. */
export const INTEGRATIONS_MAX = 50;
/** Calls remembered per token, since the server started. */
export const CALLS_KEPT = 50;

/** Who asks for it, and the proof of their present PIN; '' for a person who has none in this branch. */
export const provenShape = z.object({
  by: personIdShape,
  proof: z
    .string()
    .regex(/^[\w-]{43}$/)
    .or(z.literal('')),
});
export type Proven = z.infer<typeof provenShape>;

/** `POST /api/v1/integrations`. The till code is what receipts of its sales begin with. */
export const newIntegrationShape = provenShape.extend({
  name: z.string().trim().min(1).max(60),
  rights: z
    .array(apiRightShape)
    .min(1)
    .max(2)
    .refine((rights) => new Set(rights).size === rights.length, 'named twice'),
  till: tillCodeShape,
});
export type NewIntegration = z.infer<typeof newIntegrationShape>;

/** An integration as the office sees it; the token itself is nowhere. */
export const integrationShape = z.object({
  id: integrationIdShape,
  name: z.string(),
  branch: branchIdShape,
  rights: z.array(apiRightShape),
  till: tillCodeShape,
  createdBy: personIdShape,
  /** Server time, all three. */
  createdAt: z.int(),
  lastUsedAt: z.int().nullable(),
  revokedAt: z.int().nullable(),
});
export type Integration = z.infer<typeof integrationShape>;

/** One request that a token made. */
export const apiCallShape = z.object({
  at: z.int(),
  method: z.string(),
  path: z.string(),
  status: z.int(),
});
export type ApiCall = z.infer<typeof apiCallShape>;

export const integrationsAnswerShape = z.object({
  integrations: z.array(integrationShape.extend({ calls: z.array(apiCallShape) })),
});
export type IntegrationsAnswer = z.infer<typeof integrationsAnswerShape>;

/** The token is told here, once. */
export const newIntegrationAnswerShape = z.object({ integration: integrationShape, token: z.string() });
export type NewIntegrationAnswer = z.infer<typeof newIntegrationAnswerShape>;
