import { expect, test } from 'vitest';
import type { PairedPrinter } from '../print/printer.ts';
import { createBrowserPrinters } from './browser-printers.ts';

/** What a browser has of WebUSB and Web Serial, as far as a test needs it. */
const browser = (parts: object) => createBrowserPrinters(parts as Navigator);
const USB: PairedPrinter = { kind: 'usb', name: 'P', vendorId: 1, productId: 2 };
const bytes = Uint8Array.of(1, 2, 3);

function usbDevice(changes: object = {}) {
  const sent: number[] = [];
  const endpoints = [{ endpointNumber: 3, direction: 'out', type: 'bulk' }];
  const face = { interfaceNumber: 0, alternate: { interfaceClass: 7, endpoints } };
  const configuration = { configurationValue: 1, interfaces: [face] };
  const device = {
    vendorId: 1,
    productId: 2,
    productName: 'P',
    configuration,
    configurations: [configuration],
    open: async () => undefined,
    close: async () => undefined,
    claimInterface: async () => undefined,
    transferOut: async (end: number, data: Uint8Array) => {
      sent.push(end, ...data);
      return { status: 'ok' };
    },
    ...changes,
  };
  return { sent, device, usb: { getDevices: async () => [device], requestDevice: async () => device } };
}

async function failing(error: Error): Promise<never> {
  throw error;
}

test('[PRINT7] a browser with neither way reaches no printers', async () => {
  const door = browser({});
  expect(door.kinds).toEqual([]);
  expect(await door.pair('usb')).toBeNull();
  expect(await door.open(USB)).toBe('not-found');
});

test('[PRINT4] a USB printer takes its bytes at its own end', async () => {
  const { sent, usb } = usbDevice();
  const door = browser({ usb });
  expect(door.kinds).toEqual(['usb']);
  expect(await door.pair('usb')).toEqual(USB);
  const line = await door.open(USB);
  if (typeof line === 'string') throw new Error(line);
  expect(await line.send(bytes)).toBeNull();
  expect(await line.ask(bytes)).toBeNull();
  expect(sent).toEqual([3, 1, 2, 3]);
});

test('[PRINT4] what a USB printer can be up to is named', async () => {
  const gone = () => failing(new DOMException('gone', 'NotFoundError'));
  const busy = () => failing(new DOMException('busy', 'NetworkError'));
  expect(await browser({ usb: { getDevices: async () => [] } }).open(USB)).toBe('not-found');
  expect(await browser({ usb: usbDevice({ open: gone }).usb }).open(USB)).toBe('not-found');
  expect(await browser({ usb: usbDevice({ claimInterface: busy }).usb }).open(USB)).toBe('taken');
  expect(await browser({ usb: usbDevice({ configuration: { interfaces: [] } }).usb }).open(USB)).toBe('not-found');
  const line = await browser({ usb: usbDevice({ transferOut: busy }).usb }).open(USB);
  expect(typeof line !== 'string' && (await line.send(bytes))).toBe('cable');
  const stalled = await browser({ usb: usbDevice({ transferOut: async () => ({ status: 'stall' }) }).usb }).open(USB);
  expect(typeof stalled !== 'string' && (await stalled.send(bytes))).toBe('cable');
});

test('[PRINT4] a serial printer takes its bytes, and can be used again after a fault', async () => {
  const got: number[] = [];
  let broken = true;
  const port = () => ({
    getInfo: () => ({ usbVendorId: 9, usbProductId: 8 }),
    open: async ({ baudRate }: { baudRate: number }) => void got.push(baudRate),
    close: async () => undefined,
    readable: null,
    writable: new WritableStream<Uint8Array>({
      write: (chunk) => {
        if (broken) throw new DOMException('unplugged', 'NetworkError');
        got.push(...chunk);
      },
    }),
  });
  const door = browser({ serial: { getPorts: async () => [port()], requestPort: async () => port() } });
  const printer = await door.pair('serial');
  expect(printer).toEqual({ kind: 'serial', name: 'COM', vendorId: 9, productId: 8 });
  if (printer === null) return;
  const first = await door.open(printer);
  expect(typeof first !== 'string' && (await first.send(bytes))).toBe('cable');
  broken = false;
  const second = await door.open(printer);
  expect(typeof second !== 'string' && (await second.send(bytes))).toBeNull();
  expect(got).toEqual([9_600, 9_600, 1, 2, 3]);
});

test('[PRINT4] a person who closes the list chose none', async () => {
  const usb = { requestDevice: () => failing(new DOMException('cancelled', 'NotFoundError')) };
  expect(await browser({ usb }).pair('usb')).toBeNull();
});
