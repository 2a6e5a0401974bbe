import express from 'express';
import { toString as toQr } from 'qrcode';
import { renderTrustPage } from './trust-page.ts';
import { visitorDevice, visitorLanguage } from './trust-visitor.ts';
import { X509Certificate } from './x509.ts';

/** `caCert` is PEM; `fingerprint` its SHA-256 as devices show it; `httpsUrl` the address of the app once it is trusted. */
export type TrustDeps = { readonly caCert: string; readonly fingerprint: string; readonly httpsUrl: string };

/** The page needs nothing but itself. A policy of its own, because the app's would turn its links into https ones. */
const contentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/**
 * For a plain HTTP server: `GET /trust`, the page that explains how a device learns to trust this shop, and
 * `GET /laci-ca.crt`, the CA's certificate (DER, RFC 5280) under the type that phones open with their installer.
 */
export function createTrustRouter({ caCert, fingerprint, httpsUrl }: TrustDeps): express.Router {
  const certificate = Buffer.from(new X509Certificate(caCert).rawData);
  const router = express.Router();
  router.get('/trust', async (request, response) => {
    const language = visitorLanguage(request.query.lang, request.get('accept-language'));
    const device = visitorDevice(request.get('user-agent'));
    const qrSvg = await toQr(httpsUrl, { type: 'svg', margin: 0 });
    response.set({
      'content-security-policy': contentSecurityPolicy,
      'cache-control': 'no-store',
      vary: 'accept-language, user-agent',
    });
    response.type('html').send(renderTrustPage({ language, device, fingerprint, httpsUrl, qrSvg }));
  });
  router.get('/laci-ca.crt', (_request, response) => {
    response.set({
      'content-type': 'application/x-x509-ca-cert',
      'content-disposition': 'attachment; filename="laci-ca.crt"',
      'cache-control': 'no-store',
    });
    response.send(certificate);
  });
  return router;
}
