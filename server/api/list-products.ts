import type { z } from 'zod';
import { type ApiProduct, apiProductShape } from '../../schema/api/api-lists.ts';
import type { ProductsQuery, updatedSinceShape } from '../../schema/api/paging.ts';
import type { BranchId } from '../../schema/ids.ts';
import { asSoldIn, type Product } from '../../schema/product.ts';
import type { ApiContext } from './api-call.ts';
import { changedSince, positionOf } from './changed-since.ts';
import { countIn, listPage } from './list-pages.ts';

/** A product as other systems see it, at its price in a branch. */
export function toApiProduct(product: Product, branch: BranchId): ApiProduct {
  // Only what the shape names: fields that are the shop's own stay here.
  return apiProductShape.parse({ ...asSoldIn(product, branch), revision: `${product.rev.epoch}-${product.rev.n}` });
}

export function listProducts(context: ApiContext, query: ProductsQuery) {
  const branch = query.branch ?? context.integration.branch;
  return listPage(context, 'products', query, async (documents) => ({
    products: documents.map(({ json }) => toApiProduct(JSON.parse(json) as Product, branch)),
  }));
}

export function countProducts(
  { core, integration }: ApiContext,
  { updatedSince }: { readonly updatedSince?: z.infer<typeof updatedSinceShape> },
) {
  return core.store.read(async (tx) => {
    const places = await changedSince(tx, integration, updatedSince);
    return { count: await countIn(tx, 'products', places), position: await positionOf(tx, integration) };
  });
}
