// A stock client in a process of its own: does the document `later`, which the stream at this address brings, arrive?
import process from 'node:process';
import { startStockClient } from './measure-kit.mjs';

const client = await startStockClient(process.argv[2], { live: true, push: false });
await client.replicate().awaitInitialReplication();
await new Promise((resolve) => setTimeout(resolve, 1_500));
process.stdout.write((await client.products.findOne('later').exec()) ? 'arrived\n' : 'did not arrive\n');
process.exit(0);
