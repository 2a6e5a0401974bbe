import { z } from 'zod';
import type { DeviceId } from '../../schema/ids.ts';
import {
  type DeviceCommand,
  type DeviceOverview,
  deviceOverviewShape,
  waitingCommandShape,
} from '../../schema/protocol/device-care.ts';
import type { ErrorCode } from '../../schema/protocol/error.ts';
import { fail, ok, type Result } from '../../schema/result.ts';
import type { Http } from '../sync/http.ts';

/** How a device's time here ends: its requests are refused; what is missing of it will not come; its counters move into the base. */
export type EndOfDevice = 'revoke' | 'lost' | 'retire';

export type CareFault = ErrorCode | 'offline';

/** What a manager does about the other devices of the branch. All of it needs the server. */
export interface DeviceCare {
  overviewNow(): Promise<Result<DeviceOverview, CareFault>>;
  /** Leaves a command for a device, which does it when it is there. */
  commandNow(device: DeviceId, command: DeviceCommand): Promise<Result<null, CareFault>>;
  withdrawNow(device: DeviceId, command: string): Promise<Result<null, CareFault>>;
  /** '' for no name but the till code. */
  renameNow(device: DeviceId, name: string): Promise<Result<null, CareFault>>;
  endNow(device: DeviceId, end: EndOfDevice): Promise<Result<null, CareFault>>;
}

const doneShape = z.object({});

export function createDeviceCare({ http }: { readonly http: Pick<Http, 'request'> }): DeviceCare {
  const ask = async <Shape extends z.ZodType>(
    method: 'GET' | 'POST',
    path: string,
    body: object | undefined,
    shape: Shape,
  ) => {
    const answer = await http.request(method, `/api/v1/devices/${path}`, body, shape);
    if (answer.ok) return ok(answer.value);
    return fail<CareFault>(answer.error.kind === 'refused' ? answer.error.code : 'offline');
  };
  const tell = async (path: string, body: object, shape: z.ZodType = doneShape): Promise<Result<null, CareFault>> => {
    const answer = await ask('POST', path, body, shape);
    return answer.ok ? ok(null) : answer;
  };
  return {
    overviewNow: () => ask('GET', 'reports', undefined, deviceOverviewShape),
    commandNow: (device, command) => tell(`${device}/commands`, { command }, waitingCommandShape),
    withdrawNow: (device, command) => tell(`${device}/commands/${command}/withdraw`, {}),
    renameNow: (device, name) => tell(`${device}/name`, { name }),
    endNow: (device, end) => tell(`${device}/${end}`, {}),
  };
}
