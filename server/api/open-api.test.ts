import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ApiShop, openApiShop } from '../testing/test-integration.ts';
import { API_ROUTES } from './api-routes.ts';

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, { readonly responses: object }>>>>;
}

let it: ApiShop;

beforeEach(async () => {
  it = await openApiShop();
});
afterEach(() => it.close());

test('[API7] the document names every address with its answer and errors, and every address answers as its shape says', async () => {
  const answer = await it.server.ask('/api/v1/openapi.json');
  const document = answer.json as Document;
  expect(document.openapi).toMatch(/^3\.1\./);
  const named = Object.entries(document.paths).flatMap(([path, verbs]) =>
    Object.keys(verbs).map((verb) => `${verb} ${path}`),
  );
  expect(named).toEqual(API_ROUTES.map(({ method, path }) => `${method} ${path}`));
  expect(answer.text).not.toMatch(/"\$ref":"(?!#\/)/);
  await it.shop.addProduct('coffee');
  const token = await it.token();
  for (const { method, path, answer: shape } of API_ROUTES.filter((route) => route.method === 'get')) {
    const { status, json } = await it.api(token, path);
    expect([path, status]).toEqual([path, 200]);
    expect(shape.parse(json)).toEqual(json);
    expect(Object.keys(document.paths[path]?.[method]?.responses ?? {})).toEqual(
      expect.arrayContaining(['200', '401', '403', '429']),
    );
  }
});

test('[API8] the page about it runs nothing and loads nothing', async () => {
  const { status, headers, text } = await it.server.ask('/api/docs');
  expect(status).toBe(200);
  expect(headers.get('content-type')).toContain('text/html');
  expect(headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  expect(headers.get('content-security-policy')).not.toContain('script');
  expect(text).not.toMatch(/<script|<link|<img|src=|https?:/);
  for (const { path } of API_ROUTES) expect(text).toContain(`/api/v1${path}<`);
});
