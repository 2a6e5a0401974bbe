import type { AppDeps, Page, TextStore } from './deps.ts';

/** The real page of this browser tab. */
export function createBrowserPage(): Page {
  return {
    secure: window.isSecureContext,
    origin: location.origin,
    trustAddress: trustAddressOf(location.href),
    languages: navigator.languages,
    reload: () => location.reload(),
    print: () => window.print(),
    copy: (text) => navigator.clipboard.writeText(text),
    saveFile,
  };
}

function saveFile(name: string, text: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** `localStorage`; where a browser forbids it, texts last until the tab closes. */
export function createBrowserTexts(): TextStore {
  try {
    localStorage.getItem('laci.language');
    return localStorage;
  } catch {
    const texts = new Map<string, string>();
    return {
      getItem: (key) => texts.get(key) ?? null,
      setItem: (key, text) => void texts.set(key, text),
      removeItem: (key) => void texts.delete(key),
    };
  }
}

/** Which device of this browser: `?till=NAME`, cut to what a storage name can be, else `default`. */
export function slotOf(search: string): AppDeps['slot'] {
  const asked = new URLSearchParams(search).get('till') ?? '';
  return asked.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 32) || 'default';
}

const HTTP_PORT = 80;

/** The trust page of a server at this address. */
export function trustAddressOf(address: string): string {
  const { hostname, port } = new URL(address);
  return `http://${hostname}:${(Number(port) || HTTP_PORT) + 1}/trust`;
}
