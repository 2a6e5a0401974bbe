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

/** Drawn by a library that only receipts and enrolment need: it is loaded with the first. */
async function drawCode(code: string): Promise<string | null> {
  if (code === '') return null;
  const { toString: draw } = await import('qrcode');
  return `data:image/svg+xml,${encodeURIComponent(await draw(code, { type: 'svg', margin: 0 }))}`;
}
