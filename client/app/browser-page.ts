import { beep } from './beep.ts';
import type { Page, TextStore } from './deps.ts';

/** The real page of this browser tab. */
export function createBrowserPage(): Page {
  return {
    secure: window.isSecureContext,
    origin: location.origin,
    trustAddress: trustAddressOf(location.href),
    languages: navigator.languages,
    reload: () => location.reload(),
    print: printSheet,
    share: navigator.share ? (text) => navigator.share({ text }) : null,
    beep,
    copy: (text) => navigator.clipboard.writeText(text),
    openWindow,
    saveFile,
  };
}

/** The style and title hold for as long as the dialog is open. A browser that prints nothing does not even begin. */
function printSheet({ title, pageStyle }: Parameters<Page['print']>[0]): Promise<void> {
  const style = document.createElement('style');
  style.textContent = pageStyle;
  document.head.append(style);
  const before = document.title;
  document.title = title;
  return new Promise<void>((resolve) => {
    let begun = false;
    window.addEventListener('beforeprint', () => (begun = true), { once: true });
    window.addEventListener('afterprint', () => resolve(), { once: true });
    window.print();
    if (!begun) resolve();
  }).finally(() => {
    style.remove();
    document.title = before;
  });
}

function openWindow(path: string, name: string): boolean {
  const opened = window.open(path, name, 'popup,width=1024,height=768');
  opened?.focus();
  return opened !== null;
}

function saveFile(name: string, content: string | Blob): void {
  const link = document.createElement('a');
  const type = name.endsWith('.csv') ? 'text/csv' : 'application/json';
  link.href = URL.createObjectURL(typeof content === 'string' ? new Blob([content], { type }) : content);
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

const HTTP_PORT = 80;

/** The trust page of a server at this address. */
export function trustAddressOf(address: string): string {
  const { hostname, port } = new URL(address);
  return `http://${hostname}:${(Number(port) || HTTP_PORT) + 1}/trust`;
}
