import { type TrustDevice, type TrustLanguage, trustDeviceNames, trustDevices, trustWords } from './trust-words.ts';

/** What the trust page shows. `qrSvg` is an SVG of `httpsUrl`; `device` is the visitor's own, when known. */
export type TrustPage = {
  readonly language: TrustLanguage;
  readonly device: TrustDevice | undefined;
  readonly fingerprint: string;
  readonly httpsUrl: string;
  readonly qrSvg: string;
};

const style = `
:root{color-scheme:light dark;--ink:#17211f;--soft:#55635f;--line:#d5dfdc;--ground:#f3f7f6;--card:#fff;--teal:#0f766e;--on-teal:#fff}
@media (prefers-color-scheme:dark){:root{--ink:#e8efed;--soft:#a3b3ae;--line:#34423e;--ground:#121a18;--card:#1b2522;--teal:#5ecdbf;--on-teal:#06231f}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
main{max-width:42rem;margin:0 auto;padding:1.25rem 1rem 3rem}
header{display:flex;align-items:center;justify-content:space-between;gap:1rem}
.brand{display:flex;align-items:center;gap:.6rem;font-weight:700;font-size:1.15rem}
h1{font-size:1.7rem;line-height:1.2;margin:1.5rem 0 .75rem;text-wrap:balance}
h2{font-size:1.15rem;margin:0 0 .5rem;display:flex;align-items:center;gap:.6rem}
h2 .number{flex:none;width:1.8rem;height:1.8rem;border-radius:50%;background:var(--teal);color:var(--on-teal);display:grid;place-items:center;font-size:1rem}
p{margin:.5rem 0}
.soft{color:var(--soft);font-size:.95rem}
a{color:var(--teal)}
section{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:1.1rem;margin-top:1rem}
.button{display:block;text-align:center;background:var(--teal);color:var(--on-teal);font-weight:650;text-decoration:none;border-radius:10px;padding:.85rem 1rem;margin:.6rem 0 .3rem;overflow-wrap:anywhere}
a:focus-visible,summary:focus-visible{outline:3px solid var(--teal);outline-offset:3px}
details{border-top:1px solid var(--line)}
details:first-of-type{border-top:0}
summary{cursor:pointer;font-weight:600;padding:.75rem 0}
summary .soft{font-weight:400}
ol{margin:0 0 1rem;padding-left:1.4rem}
li{margin:.4rem 0}
code{font:600 .95rem/1.7 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
.qr{width:11rem;background:#fff;border-radius:10px;padding:.5rem;margin:1rem auto 0}
.qr svg{display:block;width:100%;height:auto}
`;

const logo = `<svg width="34" height="34" viewBox="0 0 512 512" aria-hidden="true"><rect width="512" height="512" rx="112" fill="#0f766e"/><rect x="88" y="120" width="336" height="150" rx="26" fill="#e8f7f4"/><rect x="120" y="150" width="272" height="90" rx="14" fill="#0d544e"/><rect x="146" y="170" width="104" height="92" rx="10" fill="#7ddba8"/><circle cx="300" cy="206" r="31" fill="#f6c344"/><rect x="64" y="236" width="384" height="156" rx="30" fill="#fff"/><rect x="196" y="294" width="120" height="34" rx="17" fill="#0f766e"/></svg>`;

/** The whole trust page as HTML: no script, no file from elsewhere, so that it works on any browser with no internet. */
export function renderTrustPage(page: TrustPage): string {
  const words = trustWords[page.language];
  const url = escapeHtml(page.httpsUrl);
  const otherLanguage: TrustLanguage = page.language === 'id' ? 'en' : 'id';
  return `<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title} · Laci</title>
<style>${style}</style>
</head>
<body>
<main>
<header><span class="brand">${logo}Laci</span><a href="?lang=${otherLanguage}" lang="${otherLanguage}" hreflang="${otherLanguage}">${words.otherLanguage}</a></header>
<h1>${words.title}</h1>
<p>${words.why}</p>
<section>
${heading(1, words.download)}
<a class="button" href="/laci-ca.crt" download="laci-ca.crt">${words.download}</a>
<p class="soft">${words.downloadNote} ${words.scope}</p>
</section>
<section>
${heading(2, words.install)}
${renderDevices(page)}
</section>
<section>
${heading(3, words.compare)}
<p>${words.compareWhy}</p>
<p><code>${escapeHtml(page.fingerprint).replaceAll(':', ':<wbr>')}</code></p>
</section>
<section>
${heading(4, words.open)}
<p>${words.openNote}</p>
<a class="button" href="${url}">${url}</a>
<div class="qr" role="img" aria-label="${words.qrLabel} ${url}">${page.qrSvg}</div>
</section>
</main>
</body>
</html>
`;
}

const heading = (number: number, text: string): string => `<h2><span class="number">${number}</span>${text}</h2>`;

/** The visitor's own device first and open; the others folded. */
function renderDevices({ language, device }: TrustPage): string {
  const words = trustWords[language];
  const ordered = [...trustDevices].sort((a, b) => Number(b === device) - Number(a === device));
  return ordered
    .map((each) => {
      const own = each === device ? ` <span class="soft">· ${words.yourDevice}</span>` : '';
      const steps = words.steps[each].map((text) => `<li>${text.replaceAll('&', '&amp;')}</li>`).join('');
      return `<details${each === device ? ' open' : ''}><summary>${trustDeviceNames[each]}${own}</summary><ol>${steps}</ol></details>`;
    })
    .join('\n');
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
