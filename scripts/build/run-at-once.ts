import type { Plugin } from 'vite';

/** Lets a script of the page, by the name of its file without the hash, run as soon as it is there: the others wait for styles and for each other. */
export function runAtOnce(name: string): Plugin {
  const tag = new RegExp(`<script type="module"(?=[^>]* src="/assets/${name}-[\\w-]{8}\\.js")`);
  return {
    name: 'laci:run-at-once',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { path }) => {
        if (path !== '/index.html') return html;
        if (!tag.test(html)) throw new Error(`The page has no script ${name}.`);
        return html.replace(tag, '<script type="module" async');
      },
    },
  };
}
