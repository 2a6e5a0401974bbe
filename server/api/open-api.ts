import { z } from 'zod';
import { API_ERROR_TEXTS, type ApiErrorCode, apiErrorShape } from '../../schema/api/api-error.ts';
import { API_STATUS } from './api-errors.ts';
import type { ApiRoute } from './api-route.ts';

/** Errors that every address may answer. */
const COMMON_ERRORS: readonly ApiErrorCode[] = [
  'token-missing',
  'token-revoked',
  'token-scope',
  'too-many',
  'internal',
];

type Json = Readonly<Record<string, unknown>>;

/** The document of these routes, OpenAPI 3.1: every shape in it is the one that reads or writes the wire. */
export function openApiOf(routes: readonly ApiRoute[]) {
  const paths: Record<string, Record<string, Json>> = {};
  for (const route of routes) paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  return {
    openapi: '3.1.0',
    info: {
      title: 'Laci',
      version: '1',
      description:
        'Products, stock, sales and devices of one branch. Amounts are whole minor units of the shop’s currency, quantities the ' +
        'smallest unit of their product. Every request needs a token, which a manager makes in the office under Integrations.',
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
  };
}

function operationOf(route: ApiRoute): Json {
  const parameters = [...queryParameters(route), ...headerParameters(route)];
  return {
    summary: route.summary,
    description: `Needs a token with the right to ${route.right}.`,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body ? { requestBody: { required: true, content: jsonOf(route.body, 'input') } } : {}),
    responses: {
      [route.status]: { description: 'Done.', content: jsonOf(route.answer, 'output') },
      ...errorResponses([...route.errors, ...COMMON_ERRORS]),
    },
  };
}

function queryParameters({ query }: ApiRoute): Json[] {
  return Object.entries(query?.shape ?? {}).map(([name, shape]) => {
    const { description, ...schema } = schemaOf(shape as z.ZodType, 'input');
    return { name, in: 'query', required: false, ...(description ? { description } : {}), schema };
  });
}

function headerParameters({ headers = {} }: ApiRoute): Json[] {
  return Object.entries(headers).map(([name, description]) => ({
    ...{ name, in: 'header', required: true, description },
    schema: { type: 'string' },
  }));
}

function errorResponses(codes: readonly ApiErrorCode[]): Record<string, Json> {
  const byStatus = Map.groupBy(codes, (code) => API_STATUS[code]);
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => {
      const description = ofStatus.map((code) => `\`${code}\`: ${API_ERROR_TEXTS[code].en}`).join('\n\n');
      return [status, { description, content: jsonOf(apiErrorShape, 'output') }];
    }),
  );
}

function jsonOf(shape: z.ZodType, io: 'input' | 'output'): Json {
  return { 'application/json': { schema: schemaOf(shape, io) } };
}

/** A shape in the words of JSON Schema 2020-12, which are OpenAPI's. What a query says as text is read as a number. */
function schemaOf(shape: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _dialect, ...schema } = z.toJSONSchema(shape, { io, unrepresentable: 'any' });
  return schema;
}
