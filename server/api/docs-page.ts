import { API_ERROR_TEXTS, type ApiErrorCode } from '../../schema/api/api-error.ts';
import { API_STATUS } from './api-errors.ts';
import type { ApiRoute } from './api-route.ts';
import { openApiOf } from './open-api.ts';

/** The page needs nothing: no script, no font, no picture, from nowhere. */
export const DOCS_HEADERS = {
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

const STYLE = `
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h2 { border-top: 1px solid; padding-top: 1rem; margin-top: 2rem; overflow-wrap: anywhere; }
code, pre { font-family: ui-monospace, monospace; font-size: 0.9em; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid; border-radius: 6px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: 0.25rem 1rem 0.25rem 0; }`;

type Operation = Readonly<Record<string, unknown>>;

/** The document as a page that people read; made of the same table as the routes. */
export function docsPage(routes: readonly ApiRoute[]): string {
  const document = openApiOf(routes);
  const sections = routes.map((route) => section(route, document.paths[route.path]?.[route.method] ?? {}));
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Laci: API</title><style>${STYLE}</style></head><body><main><h1>Laci: addresses for other systems</h1>
<p>${escapeText(document.info.description)} The same as a document for programs, OpenAPI ${document.openapi}:
<a href="/api/v1/openapi.json">/api/v1/openapi.json</a>.</p>
${sections.join('\n')}
<h2>Errors</h2><p>Every error is <code>{"error": {"code", "message", "detail"?}}</code>, the message in the language that
<code>Accept-Language</code> asks for (en, id).</p>
<table><thead><tr><th>Status</th><th>Code</th><th>What to do</th></tr></thead><tbody>${errorRows()}</tbody></table>
</main></body></html>`;
}

function section(route: ApiRoute, operation: Operation): string {
  const {
    parameters = [],
    requestBody,
    responses,
  } = operation as {
    parameters?: readonly { name: string; description?: string; in: string }[];
    requestBody?: { content: unknown };
    responses: Readonly<Record<string, { content: unknown }>>;
  };
  const rows = parameters.map(
    ({ name, description = '', in: where }) =>
      `<tr><td><code>${escapeText(name)}</code> <small>${where}</small></td><td>${escapeText(description)}</td></tr>`,
  );
  return `<h2><code>${route.method.toUpperCase()} /api/v1${escapeText(route.path)}</code></h2>
<p>${escapeText(route.summary)} Needs a token with the right to <b>${route.right}</b>.</p>
${rows.length > 0 ? `<table><tbody>${rows.join('')}</tbody></table>` : ''}
${requestBody ? details('Body', requestBody.content) : ''}
${details(`Answer ${route.status}`, responses[route.status]?.content)}`;
}

function details(title: string, content: unknown): string {
  const { schema } = (content as Readonly<Record<string, { schema: unknown }>>)['application/json'] ?? {};
  return `<details><summary>${escapeText(title)}</summary><pre tabindex="0">${escapeText(JSON.stringify(schema, null, 2))}</pre></details>`;
}

function errorRows(): string {
  const codes = Object.keys(API_ERROR_TEXTS) as ApiErrorCode[];
  return codes
    .map(
      (code) =>
        `<tr><td>${API_STATUS[code]}</td><td><code>${code}</code></td><td>${escapeText(API_ERROR_TEXTS[code].en)}</td></tr>`,
    )
    .join('');
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
