import type { Plugin } from 'vite';

/**
 * Lets a script of the page, by the name of its file without the hash, run as soon as it is there, and the others when it says so: they are only
 * fetched, and named in its `data-then`. By themselves they would keep the page busy before it shows anything.
 */
export function runAtOnce(name: string): Plugin {
  const tag = /<script type="module"([^>]*) src="(\/assets\/[^"]+\.js)"><\/script>/g;
  return {
    name: 'laci:run-at-once',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { path }) => {
        if (path !== '/index.html') return html;
        const scripts = [...html.matchAll(tag)].map(([, , src = '']) => src);
        const isFirst = (src: string) => new RegExp(`/${name}-[\\w-]{8}\\.js$`).test(src);
        const others = scripts.filter((src) => !isFirst(src));
        if (others.length !== scripts.length - 1) throw new Error(`The page has no script ${name}.`);
        return html.replace(tag, (_, attributes: string, src: string) =>
          isFirst(src)
            ? `<script type="module" async data-then="${others.join(' ')}"${attributes} src="${src}"></script>`
            : `<link rel="modulepreload"${attributes} href="${src}">`,
        );
      },
    },
  };
}
