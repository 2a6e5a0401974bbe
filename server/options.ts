import { isIPv6 } from 'node:net';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { type BranchId, branchIdShape } from '../schema/ids.ts';
import type { Currency } from '../schema/money.ts';
import { zoneNamed } from '../schema/report/report-day.ts';
import { fail, ok, type Result } from '../schema/result.ts';
import { currencyOf } from './seed/currency.ts';

/** What a person may ask of the server on the command line. */
export interface ServerOptions {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly catalogueFile: string | undefined;
  readonly currency: Currency;
  readonly demo: boolean;
  /** Gives a new shop the demo's people with their printed PINs, whatever its catalogue. */
  readonly demoPins: boolean;
  readonly lan: boolean;
  readonly enrolFile: string | undefined;
  readonly tills: number;
  /** Hosts that webhooks may call though they are private or speak no HTTPS. */
  readonly webhookHosts: readonly string[];
  /** The hour of the day at which the whole store is checked; null for never. */
  readonly verifyHour: number | null;
  /** Branches beside the first that this start makes where there are none of that id. */
  readonly branches: readonly BranchWish[];
  /** The zone in which the shop's days are counted; undefined: as before, at first the machine's. */
  readonly zone: string | undefined;
}

export interface BranchWish {
  readonly branch: BranchId;
  readonly name: string;
}

/** Tills of one branch. */
const TILLS_MAX = 30;
const BRANCH_NAME_LENGTH_MAX = 80;
const LOCAL_HOST = '127.0.0.1';
/** Listens on every address of the machine. */
export const EVERY_HOST = '0.0.0.0';
const EVERY_HOST_6 = '::';

/** The host of an address that a browser on this machine can open, where the server listens on `host`. */
export function hostToOpen(host: string): string {
  if (host === EVERY_HOST || host === EVERY_HOST_6) return LOCAL_HOST;
  return isIPv6(host) ? `[${host}]` : host;
}

export const USAGE = `Usage: npm start -- [options]
  --port N          where to listen (4780)
  --host ADDRESS    on which address (${LOCAL_HOST}; with --lan ${EVERY_HOST})
  --lan             serve the shop's network over HTTPS; the page to trust it is on the next port
  --data DIR        the shop's folder (./data)
  --catalogue FILE  import products from a CSV file instead of the demo's
  --currency CODE   the currency of a new shop (IDR)
  --no-demo         a new shop without products
  --demo-pins       a new shop gets the demo's people and their PINs, with any catalogue: for trying things out
  --tills N         how many tills get a code at start (2)
  --branch ID=NAME  another branch of the shop, e.g. pasar="Toko Pasar"; as often as needed
  --verify-at HOUR  when the whole store is checked each night: a quiet hour, 0 to 23 (3)
  --zone NAME       in whose time the shop's days are counted, e.g. Asia/Makassar (this machine's)
  --no-verify       check it only when asked: npm run verify
  --webhook-host HOST  let webhooks call a host of the shop's own network, also by http; as often as needed
  --enrol-file FILE where the codes are written too (enrol.json in the shop's folder)`;

const numbersShape = z.object({
  port: z.coerce.number().int().min(0).max(65_535),
  tills: z.coerce.number().int().min(0).max(TILLS_MAX),
  'verify-at': z.coerce.number().int().min(0).max(23),
});

/** Reads the command line. The sentence says what is wrong with it. */
export function readOptions(args: readonly string[]): Result<ServerOptions, string> {
  let values: ReturnType<typeof parse>['values'];
  try {
    values = parse(args).values;
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
  const numbers = numbersShape.safeParse({ port: values.port, tills: values.tills, 'verify-at': values['verify-at'] });
  if (!numbers.success) return fail(`--${numbers.error.issues[0]?.path.join('.')} is not a number in range.`);
  const currency = currencyOf(values.currency.toUpperCase());
  if (!currency) return fail('--currency must be three letters, e.g. IDR.');
  if (values.zone !== undefined && !isZone(values.zone))
    return fail('--zone must name a time zone, e.g. Asia/Jakarta.');
  const branches = values.branch.map(readBranch);
  const good = branches.filter((wish) => wish !== null);
  if (good.length < branches.length)
    return fail('--branch must be an id of lowercase letters, digits and dashes and a name, e.g. pasar="Toko Pasar".');
  const { port, tills } = numbers.data;
  return ok({
    ...{ port, tills, branches: good },
    verifyHour: values.verify ? numbers.data['verify-at'] : null,
    ...{ currency, demo: values.demo, lan: values.lan, dataDir: values.data },
    host: values.host ?? (values.lan ? EVERY_HOST : LOCAL_HOST),
    demoPins: values['demo-pins'],
    catalogueFile: values.catalogue,
    enrolFile: values['enrol-file'],
    webhookHosts: values['webhook-host'],
    zone: values.zone,
  });
}

function readBranch(text: string): BranchWish | null {
  const at = text.indexOf('=');
  const branch = branchIdShape.safeParse(text.slice(0, Math.max(0, at)));
  const name = text.slice(at + 1).trim();
  return branch.success && name.length > 0 && name.length <= BRANCH_NAME_LENGTH_MAX
    ? { branch: branch.data, name }
    : null;
}

function isZone(name: string): boolean {
  try {
    return zoneNamed(name) !== undefined;
  } catch {
    return false;
  }
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      port: { type: 'string', default: '4780' },
      host: { type: 'string' },
      data: { type: 'string', default: 'data' },
      catalogue: { type: 'string' },
      currency: { type: 'string', default: 'IDR' },
      demo: { type: 'boolean', default: true },
      'demo-pins': { type: 'boolean', default: false },
      lan: { type: 'boolean', default: false },
      'enrol-file': { type: 'string' },
      'webhook-host': { type: 'string', multiple: true, default: [] },
      tills: { type: 'string', default: '2' },
      'verify-at': { type: 'string', default: '3' },
      verify: { type: 'boolean', default: true },
      branch: { type: 'string', multiple: true, default: [] },
      zone: { type: 'string' },
    },
  });
}
