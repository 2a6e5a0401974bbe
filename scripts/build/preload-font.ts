import type { Plugin } from 'vite';

/**
 * Has each page ask for a font, by the beginning of its file's name, together with its scripts and styles: without that it is asked for when the first text is
 * laid out, which is then laid out twice, first in the system's face, and looking that up takes longer than the font.
 */
export function preloadFont(name: string): Plugin {
  return {
    name: 'laci:preload-font',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (_html, { bundle = {} }) => {
        const file = Object.keys(bundle).find((path) => path.startsWith(`assets/${name}-`) && path.endsWith('.woff2'));
        if (!file) throw new Error(`The build has no font ${name}.`);
        const attrs = { rel: 'preload', as: 'font', type: 'font/woff2', crossorigin: '', href: `/${file}` };
        return [{ tag: 'link', attrs, injectTo: 'head-prepend' }];
      },
    },
  };
}
