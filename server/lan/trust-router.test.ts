import { X509Certificate } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { expect, onTestFinished, test } from 'vitest';
import { createLocalAuthority, type LocalAuthority } from './local-authority.ts';
import { lanDeps } from './testing/lan-deps.ts';
import { createTrustRouter } from './trust-router.ts';

const httpsUrl = 'https://192.168.1.5:4781';

/** A plain HTTP server with the trust page, and its origin. */
async function serveTrust(url = httpsUrl): Promise<{ origin: string; authority: LocalAuthority }> {
  const authority = await createLocalAuthority(lanDeps());
  const app = express().use(createTrustRouter({ ...authority, httpsUrl: url }));
  const server = app.listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once('listening', resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, authority };
}

async function page(origin: string, headers: Record<string, string> = {}, query = ''): Promise<string> {
  const response = await fetch(`${origin}/trust${query}`, { headers });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
  return response.text();
}

test('[LAN9] the page shows the fingerprint of the CA, and leads to the certificate and to the app', async () => {
  const { origin, authority } = await serveTrust();
  const html = await page(origin);
  expect(html.replaceAll('<wbr>', '')).toContain(new X509Certificate(authority.caCert).fingerprint256);
  expect(html).toContain('href="/laci-ca.crt"');
  expect(html).toContain(`href="${httpsUrl}"`);
  expect(html).toMatch(/<div class="qr"[^>]*><svg /);
});

test('[LAN9] the page explains every kind of device in both languages', async () => {
  const { origin } = await serveTrust();
  for (const query of ['?lang=id', '?lang=en']) {
    const html = await page(origin, {}, query);
    for (const device of ['Android', 'iPhone, iPad', 'Windows', 'Mac', 'Linux, Chromebook']) {
      expect(html).toContain(`<summary>${device}`);
    }
    expect(html.match(/<li>/g)?.length).toBe(15);
  }
});

test('[LAN9] the page needs nothing from elsewhere and runs no script', async () => {
  const { origin } = await serveTrust();
  const response = await fetch(`${origin}/trust`);
  expect(response.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
  expect(response.headers.get('content-security-policy')).not.toContain('upgrade-insecure-requests');
  expect(await response.text()).not.toMatch(/<script|<link|src=|@import|url\(/);
});

test.each([
  [{}, '', 'id'],
  [{ 'accept-language': 'id-ID,id;q=0.9,en;q=0.8' }, '', 'id'],
  [{ 'accept-language': 'en-GB,en;q=0.9' }, '', 'en'],
  [{ 'accept-language': 'id;q=0.4, en;q=0.6' }, '', 'en'],
  [{ 'accept-language': 'de, fr;q=0.9, en;q=0.1' }, '', 'en'],
  [{ 'accept-language': 'en;q=0, de' }, '', 'id'],
  [{ 'accept-language': 'in-ID' }, '', 'id'],
  [{ 'accept-language': 'en' }, '?lang=id', 'id'],
  [{ 'accept-language': 'id' }, '?lang=en', 'en'],
  [{ 'accept-language': 'en' }, '?lang=<b>', 'en'],
  [{ 'accept-language': ';;q=x,,' }, '?lang=id&lang=en', 'id'],
])('[LAN10] headers %j and query "%s" are answered in %s', async (headers, query, language) => {
  const { origin } = await serveTrust();
  expect(await page(origin, headers, query)).toContain(`<html lang="${language}">`);
});

test.each([
  ['Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/140', 'Android'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1', 'iPhone, iPad'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140', 'Windows'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Safari/605', 'Mac'],
  ['Mozilla/5.0 (X11; CrOS x86_64 15000) Chrome/140', 'Linux, Chromebook'],
])('[LAN11] the steps for the own device are first and open: %s', async (userAgent, name) => {
  const { origin } = await serveTrust();
  const html = await page(origin, { 'user-agent': userAgent }, '?lang=en');
  expect(/<details[^>]*><summary>.*?<\/summary>/.exec(html)?.[0]).toMatch(`<details open><summary>${name} `);
  expect(html.match(/<details open>/g)).toHaveLength(1);
});

test('[LAN11] on an unknown device all steps are folded', async () => {
  const { origin } = await serveTrust();
  expect(await page(origin, { 'user-agent': 'something' })).not.toContain('<details open>');
});

test('[LAN12] the certificate comes as phones expect it, and is the one of the CA', async () => {
  const { origin, authority } = await serveTrust();
  const response = await fetch(`${origin}/laci-ca.crt`);
  expect(response.headers.get('content-type')).toBe('application/x-x509-ca-cert');
  expect(response.headers.get('content-disposition')).toContain('laci-ca.crt');
  const certificate = new X509Certificate(Buffer.from(await response.arrayBuffer()));
  expect(certificate.fingerprint256).toBe(authority.fingerprint);
});

test('[LAN12] an address with odd letters cannot break out of the page', async () => {
  const { origin } = await serveTrust('https://x/"><script>alert(1)</script>');
  expect(await page(origin)).not.toContain('<script');
});
