import { z } from 'zod';
import type { Language } from '../../schema/protocol/error.ts';
import type { PaperWidth } from '../../schema/receipt-layout.ts';
import type { PairedPrinter } from './printer.ts';

/** How this device prints: of the device, not of the shop, because each counter has a printer of its own. */
export interface PrintSettings {
  /** Null: through the browser's own print dialog. */
  readonly printer: PairedPrinter | null;
  readonly paper: PaperWidth;
  /** Every sale and refund is printed without asking. */
  readonly auto: boolean;
  /** The printer opens the cash drawer when cash changes hands. */
  readonly drawer: boolean;
  readonly language: Language;
}

export const DEFAULT_PRINT_SETTINGS: PrintSettings = {
  printer: null,
  paper: 58,
  auto: false,
  drawer: false,
  language: 'id',
};

const pairedShape = z.object({
  kind: z.enum(['usb', 'serial']),
  name: z.string(),
  vendorId: z.number().optional(),
  productId: z.number().optional(),
  serialNumber: z.string().optional(),
});
const settingsShape = z
  .object({
    printer: pairedShape.nullable(),
    paper: z.union([z.literal(58), z.literal(80)]),
    auto: z.boolean(),
    drawer: z.boolean(),
    language: z.enum(['en', 'id']),
  })
  .partial();

/** Settings as they were kept; what cannot be read or is missing is as at the first start. */
export function readPrintSettings(kept: unknown): PrintSettings {
  const read = settingsShape.safeParse(kept);
  return { ...DEFAULT_PRINT_SETTINGS, ...(read.success ? (read.data as Partial<PrintSettings>) : {}) };
}
