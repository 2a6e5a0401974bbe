import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { publicKeyShape } from '../schema/protocol/enrol.ts';
import { SHOP_FILES } from '../server/core/shop-files.ts';
import { openLedger } from '../server/keys/ledger.ts';
import { findingText } from '../server/verify/findings.ts';
import { verifyDatabase } from '../server/verify/verify-database.ts';
import { machine, refuse, runCare, say } from './care/machine.ts';
import { createProgressBar } from './care/progress-bar.ts';

/**
 * `npm run verify [-- --data DIR | --database FILE] [--json]`: checks every chain, signature, number and projection of a store.
 * Status 1 when anything is wrong; the last line is JSON.
 */
await runCare(async () => {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: 'data' },
      database: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const dataDir = resolve(values.data);
  const database = values.database === undefined ? join(dataDir, SHOP_FILES.database) : resolve(values.database);
  if (!existsSync(database)) return refuse(`there is no database ${database}.`);
  const shop = values.database === undefined ? openShop(dataDir) : {};
  const bar = createProgressBar(process.stderr, !values.json);
  const { verify, now } = machine;
  const begun = now();
  const result = verifyDatabase(database, { verify, ...shop, onProgress: bar.show });
  bar.end();
  const { wrong, findings } = result;
  if (!values.json) say(verdictText(database, result.entries, result.documents, wrong));
  if (!values.json) for (const finding of findings) say(`  ${findingText(finding)}`);
  if (!values.json && wrong > findings.length) say(`  and ${wrong - findings.length} more`);
  say(JSON.stringify({ ...result, first: findings[0] ?? null, seconds: Math.round((now() - begun) / 100) / 10 }));
  return wrong === 0 ? 0 : 1;
});

/** The ledger and the public key of a shop, where they are. */
function openShop(dataDir: string) {
  const [ledger, shopKey] = [join(dataDir, SHOP_FILES.ledger), join(dataDir, SHOP_FILES.shopKey)];
  return {
    ledger: existsSync(ledger) ? openLedger(ledger) : null,
    shopKey: existsSync(shopKey) ? publicKeyShape.parse(JSON.parse(readFileSync(shopKey, 'utf8'))) : null,
  };
}

function verdictText(database: string, entries: number, documents: number, wrong: number): string {
  const looked = `${database}: ${entries} entries and ${documents} documents checked`;
  return wrong === 0 ? `${looked}; nothing is wrong.` : `${looked}; ${wrong} findings:`;
}
