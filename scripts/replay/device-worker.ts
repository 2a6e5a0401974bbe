import { parentPort, workerData } from 'node:worker_threads';
import type { Device } from '../../client/device/device.ts';
import { enrolDevice } from '../../client/device/enrol-device.ts';
import { createNodeDeps } from '../../client/device/node-device.ts';
import { openDevice } from '../../client/device/open-device.ts';
import type { TillCode } from '../../schema/ids.ts';
import { must } from '../../schema/result.ts';
import { startFaultBeat } from './fault-beat.ts';
import { createFaultyNetwork } from './faulty-network.ts';
import { createRandom } from './random.ts';
import { reportDevice } from './report-device.ts';
import { type Selling, sellInvoices } from './sell-invoices.ts';
import type { DeviceAnswers, DeviceJob, DeviceProgress, DeviceRequest, WorkerMessage } from './worker-messages.ts';

/** One device, whole client stack, in a thread of its own: RxDB's open core allows one device's collections per realm. */
const job = workerData as DeviceJob;
const port = must(parentPort, 'the parent thread');
const say = (message: WorkerMessage) => port.postMessage(message);

const real = createNodeDeps(job.name, job.origin);
const network = createFaultyNetwork(real, createRandom(job.seed, job.stream), job.faults);
const beatRandom = createRandom(job.seed, job.stream + 1);
const sellRandom = createRandom(job.seed, job.stream + 2);
const selling: Selling = { sold: 0, entries: 0, samples: 0, enough: false, faults: [] };

const deps = { ...real, fetch: network.fetch, openSocket: network.openSocket, surroundings: network.surroundings };

async function open(): Promise<Device> {
  const enrolled = await enrolDevice(real, { serverAddress: '', code: job.code });
  if (!enrolled.ok) throw new Error(`${job.name} was not enrolled: ${enrolled.error}`);
  const device = await openDevice(deps);
  await until(() => device.sync.status.get().ready && device.company.people.get().length > 0, device);
  await device.company.choosePerson(must(device.company.people.get()[0], 'a person').person);
  return device;
}

/** Closed in order and opened again from its own disk; who works here and what was sold must still be known. */
async function reopen(device: Device): Promise<Device> {
  await device.close();
  const again = await openDevice(deps);
  network.counts.restart += 1;
  return again;
}

function until(holds: () => boolean, { sync, company }: Device): Promise<void> {
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const look = () => {
      if (!holds()) return;
      for (const stop of stops) stop();
      resolve();
    };
    stops.push(sync.status.subscribe(look), company.people.subscribe(look));
    look();
  });
}

async function answer(device: Device, request: DeviceRequest): Promise<DeviceAnswers[DeviceRequest['ask']]> {
  switch (request.ask) {
    case 'enrol-codes':
      return enrolCodes(device, request.tills);
    case 'sell':
      return sell(device);
    case 'heal':
      network.heal();
      device.sync.syncNow();
      return network.counts;
    case 'sold':
      return selling.sold;
    case 'enough':
      selling.enough = true;
      return null;
    case 'progress':
      return progress(device);
    case 'report':
      return { ...(await reportDevice(device, job.barcodes, selling.faults)), deviceId: device.identity.deviceId };
    case 'close':
      await device.close();
      return null;
  }
}

/** A manager asks again when the network fails: this may be one of the faults. */
const CODE_FAILURES_MAX = 50;

async function enrolCodes(device: Device, tills: readonly string[]): Promise<string[]> {
  const codes: string[] = [];
  for (let failures = 0; codes.length < tills.length; ) {
    const till = tills[codes.length] as TillCode;
    const code = await device.office.enrolCodeNow('till', till);
    if (code.ok) codes.push(code.value.code);
    else failures += 1;
    if (!code.ok && (code.error !== 'offline' || failures > CODE_FAILURES_MAX))
      throw new Error(`No enrolment code for ${till}: ${code.error}`);
  }
  return codes;
}

async function sell(opened: Device): Promise<DeviceAnswers['sell']> {
  const beat = startFaultBeat(network, beatRandom);
  let device = opened;
  const restart = async () => {
    if (!job.faults.includes('restart')) return;
    current = reopen(device);
    device = await current;
  };
  await sellInvoices(
    { device: () => device, restart, random: sellRandom, pauseMs: job.pauseMs },
    job.invoices,
    selling,
  );
  beat.stop();
  return { entries: selling.entries, samples: selling.samples };
}

async function progress(device: Device): Promise<DeviceProgress> {
  const { waitingEntries, waitingEdits, connection } = device.sync.status.get();
  const { collections, serverHead } = await device.sync.inspect();
  const lags = collections.map(({ lag }) => lag);
  const lag =
    serverHead === null || lags.includes(null) ? null : lags.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return { waiting: waitingEntries + waitingEdits, lag, connection };
}

function fail(error: unknown): void {
  say({ type: 'failed', text: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}

let current = open();
current.then(() => say({ type: 'ready' }), fail);
port.on('message', (request: DeviceRequest) => {
  current
    .then((device) => answer(device, request))
    .then((value) => say({ type: 'answer', ask: request.ask, value }), fail);
});
