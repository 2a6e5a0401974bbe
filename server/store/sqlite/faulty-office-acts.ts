import { newIntegrationAnswerShape } from '../../../schema/api/integration.ts';
import type { PersonId, ProductId } from '../../../schema/ids.ts';
import { sharesAnswerShape } from '../../../schema/protocol/shares.ts';
import type { TestJournal } from '../../testing/test-device.ts';
import type { TestAnswer, TestRequest, TestServer } from '../../testing/test-http.ts';
import { proofOf, verifierOf } from '../../testing/test-pins.ts';
import { signedRows } from '../../testing/test-push.ts';
import type { TestEnrolment } from '../../testing/test-shop.ts';
import type { Act } from './faulty-acts.ts';

export interface OfficeParts {
  readonly manager: TestEnrolment;
  readonly till: TestEnrolment;
  /** The manager's device's, empty. */
  readonly journal: TestJournal;
  readonly ticket: ProductId;
}

const BUDI = 'budi' as PersonId;
const PROVEN = { by: BUDI, proof: proofOf('900417') };

/**
 * What an office asks: a PIN, a token, a sale of another system, shares of a limited product, a report, a command, and last a webhook, after which the
 * server writes by itself.
 */
export function* officeActsOf(
  server: TestServer,
  { manager, till, journal, ticket }: OfficeParts,
): Generator<Act, void, TestAnswer> {
  const { credential } = manager;
  const post = (name: string, path: string, request: TestRequest, more: Partial<Act> = {}): Act => ({
    ...{ name, credential, sense: ({ status }) => status },
    ask: () => server.ask(`/api/v1/${path}`, { method: 'POST', credential, ...request }),
    ...more,
  });
  const push = (name: string, entry: unknown): Act => ({
    ...{ name, credential },
    ask: () => server.ask('/sync/v1/journal/push', { credential, body: signedRows(manager, [entry]) }),
    sense: ({ json }) => (json as { verdicts?: unknown[] }).verdicts?.length,
  });
  yield post('a PIN', `people/${BUDI}/pin`, { body: { by: BUDI, proof: '', pin: verifierOf('900417') } });
  const wish = { ...PROVEN, name: 'Web shop', rights: ['read', 'write'], till: 'WEB' };
  const { token } = newIntegrationAnswerShape.parse((yield post('a token', 'integrations', { body: wish })).json);
  yield push('goods', journal.receive(ticket, 20));
  const body = { lines: [{ productId: ticket, quantity: 2 }], payments: [{ tender: 'cash' }] };
  const sale = { credential: token, body, headers: { 'idempotency-key': 'order-1' } };
  const before = () => server.ask('/api/v1/products/count', { credential: token });
  const sense = ({ status, json }: TestAnswer) => [status, (json as { total?: number }).total];
  yield post('a sale of another system', 'sales', sale, { before, sense });
  const asked = { through: 1, products: [{ productId: ticket, need: 3 }] };
  const [open] = sharesAnswerShape.parse((yield post('a share', 'shares', { body: asked })).json).open;
  yield push('taking it over', journal.write('allotment-received', open as never));
  yield post('writing it off', 'shares/written-off', {
    body: { deviceId: manager.device.deviceId, productId: ticket },
  });
  const report = { at: 1, person: null, waiting: 0, waitingSince: null, lag: 0, storage: null, protocol: 4, done: [] };
  yield post('a report', 'devices/report', { body: { ...report, requests: 1, failedRequests: 0 } });
  yield post('a command', `devices/${till.device.deviceId}/commands`, { body: { command: 'sync' } });
  yield post('a webhook', 'webhooks', { body: { ...PROVEN, url: 'https://shop.invalid/', events: ['sale'] } });
}
