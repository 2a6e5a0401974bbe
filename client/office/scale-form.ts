import { type ScaleRule, scaleRuleShape } from '../../schema/scale-barcode.ts';

/** One rule for a scale's labels, as typed. */
export interface ScaleForm {
  readonly prefix: string;
  readonly kind: ScaleRule['kind'];
  readonly itemDigits: string;
  readonly valueDigits: string;
  readonly scale: string;
  readonly ownDigit: boolean;
}

export type ScaleFault = { readonly row: number; readonly field: 'prefix' | 'digits' | 'number' };

export function scaleForm(rule: ScaleRule): ScaleForm {
  const { prefix, kind, itemDigits, valueDigits, scale, priceCheckDigit = false } = rule;
  const [item, value, step] = [itemDigits, valueDigits, scale].map(String);
  return {
    prefix,
    kind,
    itemDigits: item ?? '',
    valueDigits: value ?? '',
    scale: step ?? '',
    ownDigit: priceCheckDigit,
  };
}

/** The rules that the rows say, or the first row and field that cannot be. */
export function readScales(rows: readonly ScaleForm[]): readonly ScaleRule[] | ScaleFault {
  const rules: ScaleRule[] = [];
  for (const [row, form] of rows.entries()) {
    const rule = {
      prefix: form.prefix.trim(),
      kind: form.kind,
      itemDigits: Number(form.itemDigits),
      valueDigits: Number(form.valueDigits),
      scale: Number(form.scale),
      ...(form.ownDigit ? { priceCheckDigit: true } : {}),
    };
    if (!/^2\d$/.test(rule.prefix) || rules.some(({ prefix }) => prefix === rule.prefix))
      return { row, field: 'prefix' };
    if (!Number.isInteger(rule.scale) || rule.scale < 1 || rule.scale > 1000) return { row, field: 'number' };
    const read = scaleRuleShape.safeParse(rule);
    if (!read.success) return { row, field: 'digits' };
    rules.push(read.data);
  }
  return rules;
}
