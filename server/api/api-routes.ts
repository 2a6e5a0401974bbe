import {
  countAnswerShape,
  devicesAnswerShape,
  productsAnswerShape,
  stockAnswerShape,
} from '../../schema/api/api-lists.ts';
import { apiSaleShape, saleRequestShape, salesAnswerShape } from '../../schema/api/api-sale.ts';
import { logQueryShape, pageQueryShape, productsQueryShape } from '../../schema/api/paging.ts';
import { type ApiRoute, apiRoute } from './api-route.ts';
import { listDevices } from './list-devices.ts';
import { countProducts, listProducts } from './list-products.ts';
import { listSales } from './list-sales.ts';
import { listStock } from './list-stock.ts';
import { takeSale } from './take-sale.ts';

const LIST = { method: 'get', right: 'read', status: 200, errors: ['bad-request'] } as const;

/** Every address for other systems. */
export const API_ROUTES: readonly ApiRoute[] = [
  apiRoute({
    ...LIST,
    path: '/products',
    summary: 'Products, by id; those that are not sold any more too, marked so.',
    query: productsQueryShape,
    answer: productsAnswerShape,
    handle: (context, { query }) => listProducts(context, query),
  }),
  apiRoute({
    ...LIST,
    path: '/products/count',
    summary: 'How many products there are, or changed.',
    query: pageQueryShape.pick({ updatedSince: true }),
    answer: countAnswerShape,
    handle: (context, { query }) => countProducts(context, query),
  }),
  apiRoute({
    ...LIST,
    path: '/stock',
    summary: 'What is on hand, merged over all devices of the branch.',
    query: pageQueryShape,
    answer: stockAnswerShape,
    handle: (context, { query }) => listStock(context, query),
  }),
  apiRoute({
    ...LIST,
    path: '/sales',
    summary: 'Sales and refunds of all devices, in the order in which they arrived.',
    query: logQueryShape,
    answer: salesAnswerShape,
    handle: (context, { query }) => listSales(context, query),
  }),
  apiRoute({
    method: 'post',
    path: '/sales',
    right: 'write',
    status: 201,
    summary: 'Hands in a paid sale. It counts once however often it is sent with the same key.',
    headers: { 'Idempotency-Key': 'One for each sale: 1 to 100 letters, digits and -_.: such as the order’s number.' },
    body: saleRequestShape,
    answer: apiSaleShape,
    errors: ['bad-request', 'key-missing', 'key-reused', 'sale-wrong', 'too-large', 'store-failed', 'store-damaged'],
    handle: (context, { body }) => takeSale(context, body),
  }),
  apiRoute({
    ...LIST,
    path: '/devices',
    summary: 'The devices of the branch, and when each was last heard from.',
    answer: devicesAnswerShape,
    errors: [],
    handle: (context) => listDevices(context),
  }),
];
