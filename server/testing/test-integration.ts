import { type ApiRight, newIntegrationAnswerShape } from '../../schema/api/integration.ts';
import type { PersonId } from '../../schema/ids.ts';
import { startTestServer, type TestAnswer, type TestRequest, type TestServer } from './test-http.ts';
import { proofOf, setFirstPin } from './test-pins.ts';
import { openTestShop, type TestEnrolment, type TestShop } from './test-shop.ts';

export const BUDI = 'budi' as PersonId;
export const BUDIS_PIN = '900417';

/** A shop with a server, a manager's device whose manager has a PIN, and a way to ask as another system. */
export interface ApiShop {
  readonly shop: TestShop;
  readonly server: TestServer;
  readonly manager: TestEnrolment;
  /** Makes a token. */
  token(rights?: readonly ApiRight[], till?: string): Promise<string>;
  /** As the manager's device. */
  office(path: string, request?: TestRequest): Promise<TestAnswer>;
  /** As another system, under `/api/v1`. */
  api(token: string, path: string, request?: TestRequest): Promise<TestAnswer>;
  close(): Promise<void>;
}

export async function openApiShop(webhookHosts: readonly string[] = []): Promise<ApiShop> {
  const shop = await openTestShop();
  const server = await startTestServer(shop, undefined, undefined, webhookHosts);
  const manager = await shop.enrol('manager', 'M1');
  await setFirstPin(server, manager, BUDI, BUDIS_PIN);
  const office: ApiShop['office'] = (path, request) => server.ask(path, { ...request, credential: manager.credential });
  return {
    ...{ shop, server, manager, office },
    token: async (rights = ['read'], till = 'WEB') => {
      const body = { by: BUDI, proof: proofOf(BUDIS_PIN), name: 'Web shop', rights, till };
      const answer = await office('/api/v1/integrations', { body });
      if (answer.status !== 201) throw new Error(answer.text);
      return newIntegrationAnswerShape.parse(answer.json).token;
    },
    api: (token, path, request) => server.ask(`/api/v1${path}`, { ...request, credential: token }),
    close: async () => {
      await server.close();
      await shop.close();
    },
  };
}
