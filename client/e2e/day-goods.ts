import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { gtinCheckDigit } from '../../schema/barcode.ts';

/** What a whole day is sold from: the real catalogue of 20,000 products, and two goods that a scale weighs. */

const CATALOGUE = resolve(import.meta.dirname, '../../server/seed/data/catalogue-20k.csv');
/** Pieces of each product at the start of the day. */
export const PIECES = 50;
/** Kilograms of each weighed product at the start of the day. */
export const KILOGRAMS = 80;

/** A cashier's day: the screen, barcodes of products far from each other, and what was rung up so far. */
export interface Day {
  readonly page: Page;
  readonly many: readonly string[];
  readonly rung: Rung[];
}

/** A receipt as the cashier saw it come about. */
export interface Rung {
  readonly receipt: string;
  readonly due: number;
  readonly paid: readonly { readonly tender: string; readonly amount: number }[];
}

/** Carried by a scale's labels: prefix 21 with a weight, prefix 22 with a price (server/seed/demo-offers.ts). */
export const MANGOES = { name: 'Mangga Harum Manis', barcode: '2112345' };
export const BEEF = { name: 'Daging Sapi Has', barcode: '2254321' };

/** Two for which the demo shop has a price as a pair, and one of which three are sold for two. */
export const SOUPS = ['0089686120073', '0089686120134'] as const;
export const BISCUITS = '0011213387963';

/** The catalogue as CSV, with what lies in the shop of each. Fresh goods carry no tax. */
export function dayCatalogue(): string {
  const [, ...rows] = readFileSync(CATALOGUE, 'utf8').trimEnd().split('\n');
  const pieces = rows.map((row) => `${row},,${PIECES},,`);
  const fresh = [MANGOES, BEEF].map(({ barcode, name }) => `${barcode},${name},Fresh,${KILOGRAMS},1000,none`);
  return ['barcode,name,category,stock,unit_scale,tax', ...pieces, ...fresh, ''].join('\n');
}

/** Barcodes of the real catalogue, far from each other, so that a day sells of many categories. */
export function manyBarcodes(count: number): readonly string[] {
  const all = readFileSync(CATALOGUE, 'utf8').match(/^\d{13}(?=,)/gm) ?? [];
  const step = Math.floor(all.length / count);
  return Array.from({ length: count }, (_, place) => all[place * step + 7] ?? '');
}

/** The label that a scale prints: item, and grams or rupiah. */
export function scaleLabel(barcode: string, value: number): string {
  const twelve = `${barcode}${String(value).padStart(5, '0')}`;
  return `${twelve}${gtinCheckDigit(twelve)}`;
}

/** The next whole fifty thousand: what a customer gives who has no change. */
export const roundUp = (due: number) => Math.ceil((due + 1) / 50_000) * 50_000;
