import { enrolDevice } from '../../client/device/enrol-device.ts';
import { createNodeDeps } from '../../client/device/node-device.ts';
import { enrolCodeAnswerShape } from '../../schema/protocol/enrol.ts';
import { must } from '../../schema/result.ts';

/** Gives one-time codes for tills, as a manager's device does. */
export type CodeSource = (till: string) => Promise<string>;

/** Enrols a manager's device with `code`, to ask for the codes of others. */
export async function openCodeSource(origin: string, code: string): Promise<CodeSource> {
  const deps = createNodeDeps('bench-manager', origin);
  const enrolled = await enrolDevice(deps, { serverAddress: '', code });
  if (!enrolled.ok) throw new Error(`The manager's device was not enrolled: ${enrolled.error}`);
  const { credential } = must(await deps.vault.get('enrolment'), 'the enrolment');
  return createCodeSource(origin, credential);
}

/** The same for a manager's device that is enrolled. */
export function createCodeSource(origin: string, credential: string): CodeSource {
  const headers = { authorization: `Bearer ${credential}`, 'content-type': 'application/json' };
  return async (till) => {
    const body = JSON.stringify({ role: 'till', till });
    const response = await fetch(`${origin}/api/v1/enrolment-codes`, { method: 'POST', headers, body });
    if (!response.ok) throw new Error(`No enrolment code for ${till}: ${await response.text()}`);
    return enrolCodeAnswerShape.parse(await response.json()).code;
  };
}
