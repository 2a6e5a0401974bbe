// Loaded first (`node --import`): gives rxdb-server the RxDB 17 and Express 5 that the shop's own package has.
import { registerHooks } from 'node:module';

const shop = new URL('../../server/', import.meta.url).href;
const wanted = process.env.FROM_SHOP?.split(',') ?? [];

registerHooks({
  resolve: (specifier, context, next) =>
    wanted.includes(specifier.split('/')[0])
      ? next(specifier, { ...context, parentURL: shop })
      : next(specifier, context),
});
