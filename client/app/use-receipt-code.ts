import { useTranslation } from 'react-i18next';
import type { ReceiptBlock } from '../../schema/receipt-block.ts';
import { useLoaded } from './use-loaded.ts';

/** The code at a receipt's end as an image; undefined until it is drawn, null where there is none. */
export function useReceiptCode(blocks: readonly ReceiptBlock[]) {
  const { t } = useTranslation();
  const code = blocks.find((block) => block.kind === 'qr')?.code ?? '';
  const source = useLoaded(() => drawCode(code), code);
  if (source === undefined || source === null) return source;
  return { source, text: t('printing.qr') };
}

/** Drawn by a library that is loaded behind the first screen. Where it did not come before the line went, a receipt goes without its code. */
async function drawCode(code: string): Promise<string | null> {
  if (code === '') return null;
  const drawing = await import('qrcode').catch(() => null);
  if (drawing === null) return null;
  return `data:image/svg+xml,${encodeURIComponent(await drawing.toString(code, { type: 'svg', margin: 0 }))}`;
}
