import { companyDocShape } from '../../../schema/company.ts';
import { productShape } from '../../../schema/product.ts';
import { pullAnswerShape } from '../../../schema/protocol/pull.ts';
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '../../../schema/protocol/version.ts';
import type { Basket } from '../sales-baskets.ts';
import type { RawGoods } from './raw-till.ts';

/** Products sold in turn, and of a sales file's: a page of a pull. */
const [PRODUCTS, BASKET_PRODUCTS] = [500, 5_000];

/** The shop's rules and some of its products, as a till pulls them; they are sold in turn, or as the baskets say. */
export async function readGoods(
  origin: string,
  credential: string,
  baskets: readonly Basket[] | null,
): Promise<RawGoods> {
  const limit = baskets ? BASKET_PRODUCTS : PRODUCTS;
  const pull = async (collection: string) => {
    const headers = { authorization: `Bearer ${credential}`, [PROTOCOL_HEADER]: `${PROTOCOL_VERSION}` };
    const answer = await fetch(`${origin}/sync/v1/${collection}/pull?limit=${limit}`, { headers });
    return pullAnswerShape.parse(await answer.json()).documents;
  };
  const company = (await pull('company')).map((document) => companyDocShape.parse(document));
  const settings = company.find((document) => document.kind === 'settings');
  if (!settings) throw new Error('The shop has no settings.');
  const taxes = company.flatMap((document) => (document.kind === 'tax' ? [document.tax] : []));
  const products = (await pull('products')).map((document) => productShape.parse(document));
  return {
    ...(baskets ? { baskets } : {}),
    rules: { currency: settings.currency, rounding: settings.rounding, taxes },
    lines: products.map(({ id, rev, name, price, unitScale, taxId, category }) => ({
      ...{ productId: id, rev, name, category, unitPrice: price, unitScale, taxId },
    })),
  };
}
