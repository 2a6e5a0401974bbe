import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ApiShop, openApiShop } from '../testing/test-integration.ts';

const GUIDE = join(import.meta.dirname, '../../docs/guide-administrators.md');
const CHAPTER = /\n## Other systems \(REST API\)\n([\s\S]*?)\n## /;

let it: ApiShop;

beforeEach(async () => {
  it = await openApiShop();
});
afterEach(() => it.close());

/** The commands of the chapter, as they stand in the guide. */
function commandsOfGuide(): string[] {
  const chapter = CHAPTER.exec(readFileSync(GUIDE, 'utf8'))?.[1] ?? '';
  const blocks = [...chapter.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = '']) => block);
  return blocks.flatMap((block) => block.trim().split('\n'));
}

test('[API16] every command of the guide does what the guide says', async () => {
  await it.shop.addProduct('coffee', { barcodes: ['1001'] });
  const environment = { ...process.env, LACI: it.server.origin, TOKEN: await it.token(['read', 'write']) };
  const answers: unknown[] = [];
  const commands = commandsOfGuide();
  expect(commands.length).toBeGreaterThan(4);
  for (const command of commands) {
    const { stdout } = await promisify(execFile)('sh', ['-c', command], { env: environment });
    answers.push(JSON.parse(stdout));
  }
  expect(answers.filter((answer) => 'error' in (answer as object))).toEqual([]);
  expect(answers[0]).toMatchObject({ products: [{ id: 'coffee' }] });
  expect(answers.at(-1)).toMatchObject({ receipt: 'WEB-1-1', reference: 'Order 1001', total: 2000 });
});
