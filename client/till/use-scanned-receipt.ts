import { useCallback, useState } from 'react';
import type { Refund, Sale } from '../../schema/entry/sale.ts';
import { isReceiptQr } from '../../schema/receipt-qr.ts';
import { useSay } from '../app/messages.tsx';
import { useFindReceipt } from './use-find-receipt.ts';

/** A receipt whose code was scanned where goods are. */
export interface ScannedReceipt {
  readonly entry: Sale | Refund | null;
  /** False where a scan is no receipt's code. Says why it opens none. */
  take(scan: string): boolean;
  close(): void;
}

export function useScannedReceipt(): ScannedReceipt {
  const find = useFindReceipt();
  const say = useSay();
  const [entry, setEntry] = useState<Sale | Refund | null>(null);
  const close = useCallback(() => setEntry(null), []);
  const open = async (code: string) => {
    const found = await find(code);
    if (typeof found === 'string') say({ tone: 'warning', text: found });
    else setEntry(found);
  };
  return {
    entry,
    take: (scan) => {
      const isReceipt = isReceiptQr(scan);
      if (isReceipt) void open(scan.trim().toUpperCase());
      return isReceipt;
    },
    close,
  };
}
