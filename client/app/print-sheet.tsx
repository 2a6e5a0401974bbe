import { useEffect } from 'react';
import { createPortal } from 'react-dom';
import type { PrintSheet as Sheet } from '../device/printing.ts';
import { ReceiptPaper } from '../ui/receipt-paper.tsx';
import { useDeps, useDevice } from './contexts.ts';
import styles from './print-sheet.module.css';
import { useLive } from './use-live.ts';
import { useReceiptCode } from './use-receipt-code.ts';

/** Shows what the browser's print dialog prints, for as long as it is open; nothing else of the page is printed (tokens.css). */
export function PrintSheet() {
  const sheet = useLive(useDevice().printing.sheet);
  return sheet && createPortal(<SheetPaper key={sheet.title} sheet={sheet} />, document.body);
}

/** Millimetres of a CSS pixel. */
const PIXEL_MM = 25.4 / 96;

function SheetPaper({ sheet }: { sheet: Sheet }) {
  const { page } = useDeps();
  const { printing } = useDevice();
  const code = useReceiptCode(sheet.blocks);
  const ready = code !== undefined;
  useEffect(() => {
    if (!ready) return;
    const print = async () => {
      await document.querySelector<HTMLImageElement>(`#${SHEET} img`)?.decode();
      await page.print({ title: sheet.title, pageStyle: pageStyle(sheet.paper) });
    };
    print()
      .finally(printing.sheetPrinted)
      .catch(() => undefined);
  }, [ready, page, printing, sheet]);
  return (
    <div className={`print-root ${sheet.paper === 58 ? styles.narrow : styles.wide}`} id={SHEET} aria-hidden="true">
      <ReceiptPaper label={sheet.title} blocks={sheet.blocks} code={code ?? undefined} />
    </div>
  );
}

const SHEET = 'print-sheet';

/** One page as long as the receipt, as a roll is. */
function pageStyle(width: number): string {
  const pixels = document.getElementById(SHEET)?.scrollHeight ?? 0;
  return `@page { size: ${width}mm ${Math.ceil(pixels * PIXEL_MM) + 4}mm; margin: 0; }`;
}
