import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from './say.mjs';

/** How often a waiting process looks again, ms. */
const lookAgainMs = 200;

/**
 * Does work that two processes must not do at once, e.g. `npm start` and `npm test` both installing. A lock whose holder
 * has died is taken over.
 * @template T
 * @param {string} lockFile
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(lockFile, work) {
  mkdirSync(dirname(lockFile), { recursive: true });
  let hasSaid = false;
  for (;;) {
    const holder = tryLock(lockFile);
    if (holder === undefined) break;
    if (!hasSaid) say(`Waiting for another Laci command (process ${holder}) to finish the same step …`);
    hasSaid = true;
    await sleep(lookAgainMs);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

/**
 * Takes the lock by linking a file that is already written, so that nobody ever reads a lock without its holder.
 * @param {string} lockFile
 * @returns {number | undefined} the living process that holds the lock; undefined once it is ours
 */
function tryLock(lockFile) {
  const ownFile = `${lockFile}.${process.pid}`;
  writeFileSync(ownFile, String(process.pid));
  try {
    linkSync(ownFile, lockFile);
    return undefined;
  } catch {
    const holder = readHolder(lockFile);
    if (holder !== undefined && isAlive(holder)) return holder;
    rmSync(lockFile, { force: true });
    return tryLock(lockFile);
  } finally {
    rmSync(ownFile, { force: true });
  }
}

/**
 * @param {string} lockFile
 * @returns {number | undefined}
 */
function readHolder(lockFile) {
  try {
    return Number(readFileSync(lockFile, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
