import { z } from 'zod';
import {
  type ApiRight,
  type IntegrationId,
  type IntegrationsAnswer,
  integrationsAnswerShape,
  type NewIntegrationAnswer,
  newIntegrationAnswerShape,
} from '../../schema/api/integration.ts';
import {
  type NewWebhookAnswer,
  newWebhookAnswerShape,
  type WebhookEvent,
  type WebhookId,
  type WebhooksAnswer,
  webhooksAnswerShape,
} from '../../schema/api/webhook.ts';
import type { PersonId, TillCode } from '../../schema/ids.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { Http } from '../sync/http.ts';
import type { CareFault } from './device-care.ts';
import type { OnlineFault, PinFault, ProvenWish } from './people.ts';

type Told<Value> = Promise<Result<Value, PinFault | OnlineFault>>;

/** Tokens of other systems, and addresses that are told of what happens. All of it needs the server; what changes something, a PIN. */
export interface Integrations {
  listNow(): Promise<Result<IntegrationsAnswer & WebhooksAnswer, CareFault>>;
  /** The token in the answer is told once. */
  createNow(
    wish: ProvenWish & { readonly name: string; readonly rights: readonly ApiRight[]; readonly till: TillCode },
  ): Told<NewIntegrationAnswer>;
  revokeNow(id: IntegrationId, who: ProvenWish): Told<null>;
  /** The key in the answer is told once. */
  addWebhookNow(
    wish: ProvenWish & { readonly url: string; readonly events: readonly WebhookEvent[] },
  ): Told<NewWebhookAnswer>;
  removeWebhookNow(id: WebhookId, who: ProvenWish): Told<null>;
  enableWebhookNow(id: WebhookId, who: ProvenWish): Told<null>;
}

export interface IntegrationsDeps {
  readonly http: Pick<Http, 'request'>;
  /** The proof of somebody's present PIN. */
  readonly prove: (person: PersonId, pin: string | null) => Promise<Result<string, PinFault>>;
}

export function createIntegrations({ http, prove }: IntegrationsDeps): Integrations {
  const list = async <Shape extends z.ZodType>(path: string, shape: Shape) => {
    const answer = await http.request('GET', `/api/v1/${path}`, undefined, shape);
    if (answer.ok) return ok(answer.value);
    return fail<CareFault>(answer.error.kind === 'refused' ? answer.error.code : 'offline');
  };
  /** Proves who asks, then asks. */
  const tell = async <Shape extends z.ZodType>(
    { by, byPin }: ProvenWish,
    path: string,
    body: object,
    shape: Shape,
  ): Told<z.infer<Shape>> => {
    const there = await prove(by, byPin);
    if (!there.ok) return there;
    const answer = await http.request('POST', `/api/v1/${path}`, { ...body, by, proof: there.value }, shape);
    if (answer.ok) return answer;
    const { error } = answer;
    return fail(error.kind === 'refused' ? { code: 'refused', error: error.code } : { code: 'offline' });
  };
  const change = async (who: ProvenWish, path: string): Told<null> => {
    const done = await tell(who, path, {}, z.object({}));
    return done.ok ? ok(null) : done;
  };
  return {
    listNow: async () => {
      const integrations = await list('integrations', integrationsAnswerShape);
      if (!integrations.ok) return integrations;
      const webhooks = await list('webhooks', webhooksAnswerShape);
      return webhooks.ok ? ok({ ...integrations.value, ...webhooks.value }) : webhooks;
    },
    createNow: ({ name, rights, till, ...who }) =>
      tell(who, 'integrations', { name, rights, till }, newIntegrationAnswerShape),
    revokeNow: (id, who) => change(who, `integrations/${id}/revoke`),
    addWebhookNow: ({ url, events, ...who }) => tell(who, 'webhooks', { url, events }, newWebhookAnswerShape),
    removeWebhookNow: (id, who) => change(who, `webhooks/${id}/remove`),
    enableWebhookNow: (id, who) => change(who, `webhooks/${id}/enable`),
  };
}
