import type { PairedPrinter, PrinterDoor, PrinterLine, PrintFault } from '../print/printer.ts';

/** WebUSB and Web Serial as far as printing needs them; TypeScript's DOM does not know them. */
interface UsbDevice {
  readonly vendorId: number;
  readonly productId: number;
  readonly productName?: string | null;
  readonly serialNumber?: string | null;
  readonly configuration: UsbConfiguration | null;
  readonly configurations: readonly UsbConfiguration[];
  open(): Promise<void>;
  close(): Promise<void>;
  forget?(): Promise<void>;
  selectConfiguration(value: number): Promise<void>;
  claimInterface(number: number): Promise<void>;
  transferOut(endpoint: number, data: BufferSource): Promise<{ readonly status: string }>;
  transferIn(endpoint: number, length: number): Promise<{ readonly data?: DataView }>;
}
interface UsbConfiguration {
  readonly configurationValue: number;
  readonly interfaces: readonly { readonly interfaceNumber: number; readonly alternate: UsbAlternate }[];
}
interface UsbAlternate {
  readonly interfaceClass: number;
  readonly endpoints: readonly { readonly endpointNumber: number; readonly direction: string; readonly type: string }[];
}
interface Usb {
  getDevices(): Promise<UsbDevice[]>;
  requestDevice(options: { readonly filters: readonly object[] }): Promise<UsbDevice>;
}
interface SerialPort {
  readonly readable: ReadableStream<Uint8Array> | null;
  readonly writable: WritableStream<Uint8Array> | null;
  getInfo(): { readonly usbVendorId?: number; readonly usbProductId?: number };
  open(options: { readonly baudRate: number }): Promise<void>;
  close(): Promise<void>;
  forget?(): Promise<void>;
}
interface Serial {
  getPorts(): Promise<SerialPort[]>;
  requestPort(): Promise<SerialPort>;
}

/** The USB class of printers (USB device class definition for printing devices 1.1). */
const PRINTER_CLASS = 7;
/** What receipt printers on a serial line are set to when they leave the factory. */
const BAUD_RATE = 9_600;
/** Bytes of one USB transfer: small enough that a printer that stops is noticed. */
const CHUNK_BYTES = 4_096;
const ANSWER_BYTES = 64;

/** The receipt printers that this browser can reach: none in Firefox and Safari. */
export function createBrowserPrinters(browser: Navigator): PrinterDoor {
  const { usb, serial } = browser as Navigator & { readonly usb?: Usb; readonly serial?: Serial };
  return {
    kinds: [...(usb ? (['usb'] as const) : []), ...(serial ? (['serial'] as const) : [])],
    pair: async (kind) => {
      try {
        if (kind === 'usb')
          return usb ? usbPrinter(await usb.requestDevice({ filters: [{ classCode: PRINTER_CLASS }, {}] })) : null;
        return serial ? serialPrinter(await serial.requestPort()) : null;
      } catch {
        // The person closed the list.
        return null;
      }
    },
    open: async (printer) => {
      if (printer.kind === 'usb') return openUsb(await findUsb(usb, printer));
      return openSerial(await findSerial(serial, printer));
    },
    forget: async (printer) => {
      const known = printer.kind === 'usb' ? await findUsb(usb, printer) : await findSerial(serial, printer);
      await known?.forget?.();
    },
  };
}

function usbPrinter({ productName, serialNumber, vendorId, productId }: UsbDevice): PairedPrinter {
  return { kind: 'usb', name: productName || 'USB', vendorId, productId, ...(serialNumber ? { serialNumber } : {}) };
}

function serialPrinter(port: SerialPort): PairedPrinter {
  const { usbVendorId: vendorId, usbProductId: productId } = port.getInfo();
  const ids = { ...(vendorId === undefined ? {} : { vendorId }), ...(productId === undefined ? {} : { productId }) };
  return { kind: 'serial', name: 'COM', ...ids };
}

async function findUsb(usb: Usb | undefined, printer: PairedPrinter): Promise<UsbDevice | undefined> {
  const devices = (await usb?.getDevices()) ?? [];
  const alike = devices.filter((one) => one.vendorId === printer.vendorId && one.productId === printer.productId);
  return alike.find((one) => one.serialNumber === printer.serialNumber) ?? alike[0];
}

async function findSerial(serial: Serial | undefined, printer: PairedPrinter): Promise<SerialPort | undefined> {
  const ports = (await serial?.getPorts()) ?? [];
  return ports.find((port) => port.getInfo().usbProductId === printer.productId) ?? ports[0];
}

async function openUsb(device: UsbDevice | undefined): Promise<PrinterLine | PrintFault> {
  if (device === undefined) return 'not-found';
  try {
    await device.open();
    if (device.configuration === null)
      await device.selectConfiguration(device.configurations[0]?.configurationValue ?? 1);
    const face = printerFace(device.configuration);
    const ends = { out: endOf(face?.alternate, 'out'), in: endOf(face?.alternate, 'in') };
    if (!face || ends.out === undefined) return 'not-found';
    await device.claimInterface(face.interfaceNumber);
    return usbLine(device, ends.out, ends.in);
  } catch (error) {
    await device.close().catch(() => undefined);
    return faultOf(error, 'taken');
  }
}

function printerFace(configuration: UsbConfiguration | null) {
  const faces = configuration?.interfaces ?? [];
  return faces.find(({ alternate }) => alternate.interfaceClass === PRINTER_CLASS) ?? faces[0];
}

function endOf(alternate: UsbAlternate | undefined, direction: 'in' | 'out'): number | undefined {
  return alternate?.endpoints.find((end) => end.direction === direction && end.type === 'bulk')?.endpointNumber;
}

function usbLine(device: UsbDevice, out: number, back: number | undefined): PrinterLine {
  const send = async (bytes: Uint8Array<ArrayBuffer>): Promise<PrintFault | null> => {
    try {
      for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
        const { status } = await device.transferOut(out, bytes.slice(at, at + CHUNK_BYTES));
        if (status !== 'ok') return 'cable';
      }
      return null;
    } catch (error) {
      return faultOf(error, 'cable');
    }
  };
  return {
    send,
    ask: async (question) => {
      if (back === undefined || (await send(question)) !== null) return null;
      const { data } = await device.transferIn(back, ANSWER_BYTES).catch(() => ({ data: undefined }));
      return data && data.byteLength > 0 ? data.getUint8(0) : null;
    },
    close: () => device.close().catch(() => undefined),
  };
}

async function openSerial(port: SerialPort | undefined): Promise<PrinterLine | PrintFault> {
  if (port === undefined) return 'not-found';
  try {
    await port.open({ baudRate: BAUD_RATE });
    return serialLine(port);
  } catch (error) {
    return faultOf(error, 'taken');
  }
}

function serialLine(port: SerialPort): PrinterLine {
  return {
    send: async (bytes) => {
      const writer = port.writable?.getWriter();
      if (!writer) return 'cable';
      try {
        await writer.write(bytes);
        return null;
      } catch (error) {
        return faultOf(error, 'cable');
      } finally {
        writer.releaseLock();
      }
    },
    // A serial line says nothing of who listens: it is tried.
    ask: async () => null,
    close: () => port.close().catch(() => undefined),
  };
}

/** The browser's own word, where it says one that means something here. */
function faultOf(error: unknown, otherwise: PrintFault): PrintFault {
  const name = error instanceof DOMException ? error.name : '';
  return name === 'NotFoundError' ? 'not-found' : otherwise;
}
