#!/usr/bin/env node
// The one door of every npm command. It needs nothing installed, runs on Node 18 and later, brings what is missing
// (a newer Node, the libraries, the built app, a browser) and then does what was asked:
//   node scripts/setup.mjs start [options of the server]
//   node scripts/setup.mjs test
//   node scripts/setup.mjs run NAME [options of NAME]
import process from 'node:process';
import { bringNode } from './setup/bring-node.mjs';
import { runCommand } from './setup/commands.mjs';
import { say } from './setup/say.mjs';

try {
  const args = process.argv.slice(2);
  const statusOfNewerNode = await bringNode(args);
  process.exitCode = statusOfNewerNode ?? (await runCommand(args));
} catch (error) {
  // What a person can act on is a sentence; anything else is a bug and shows where it happened.
  if (error instanceof Error && error.name === 'SetupProblem') say(error.message);
  else console.error(error);
  process.exitCode = 1;
}
