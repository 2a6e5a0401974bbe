import { Router } from 'express';
import type { z } from 'zod';
import { type PersonId, personIdShape, SERVER_PERSON } from '../../schema/ids.ts';
import { putPersonShape, setPinShape } from '../../schema/protocol/pins.ts';
import type { Result } from '../../schema/result.ts';
import { mayDevice } from '../../schema/roles.ts';
import { type PeopleFault, putPerson, setPin } from '../core/change-people.ts';
import type { Core } from '../core/core.ts';
import { readPins } from '../core/pins.ts';
import type { StoredDevice } from '../store/store.ts';
import { smallJsonBody } from './body.ts';
import { onlyWhole } from './damage-door.ts';
import { type DeviceHandler, forDevice, onlyDevices } from './device-door.ts';
import { sendError } from './errors.ts';
import { createTryCounter, type TryCounter } from './try-counter.ts';

/** `/api/v1/people`: the PIN verifiers of the device's branch, and changes of people that a PIN proves. A revoked device is told none. */
export function createPeopleRoutes(core: Core): Router {
  const tries = createTryCounter(core.deps.now);
  const setsPin = provenHandler(tries, setPinShape, (device, person, wish) => setPin(core, device, person, wish));
  const putsPerson = provenHandler(tries, putPersonShape, (device, person, wish) =>
    putPerson(core, device, person, wish),
  );
  const router = Router();
  const take = [onlyWhole(core), onlyDevices(core), smallJsonBody()];
  router.get('/pins', onlyWhole(core), forDevice(core, pinsHandler(core)));
  router.post('/:person/pin', ...take, forDevice(core, setsPin));
  router.post('/:person', ...take, forDevice(core, putsPerson));
  router.all(['/pins', '/:person/pin', '/:person'], (req, res) => sendError(req, res, 'method-not-allowed'));
  return router;
}

function pinsHandler(core: Core): DeviceHandler {
  return async (device, req, res) => {
    if (!mayDevice(device.role, 'pull', 'pins')) return sendError(req, res, 'not-allowed');
    res.set('cache-control', 'no-store').json(await readPins(core, device.branch));
  };
}

/** A change that a person asks for, on whichever device: its body says who, and proves it. */
function provenHandler<Shape extends z.ZodType<{ readonly by: PersonId }>>(
  tries: TryCounter,
  shape: Shape,
  act: (device: StoredDevice, person: PersonId, wish: z.infer<Shape>) => Promise<Result<object, PeopleFault>>,
): DeviceHandler {
  return async (device, req, res) => {
    if (!mayDevice(device.role, 'push', 'pins')) return sendError(req, res, 'not-allowed');
    const wish = shape.safeParse(req.body);
    const person = personOf(req.params.person);
    if (!wish.success || person === null) return sendError(req, res, 'bad-request');
    const asker = `${device.branch}:${wish.data.by}`;
    const waitMs = tries.waitMs(asker);
    if (waitMs > 0) {
      res.set('retry-after', String(Math.ceil(waitMs / 1000)));
      return sendError(req, res, 'too-many');
    }
    const done = await act(device, person, wish.data);
    if (done.ok) return void res.json(done.value);
    if (done.error === 'pin-wrong') tries.countWrong(asker);
    sendError(req, res, done.error);
  };
}

function personOf(text: unknown): PersonId | null {
  const id = personIdShape.safeParse(text);
  return id.success && id.data !== SERVER_PERSON ? id.data : null;
}
