import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import {
  type ChangeDevicesDeps,
  type ChangeDevicesOutcome,
  registerNewDevice,
  retireRegisteredDevice,
} from '../../core/devices/change-devices';
import { deviceAnswer } from '../../core/devices/device';
import { type ListDevicesDeps, listRegisteredDevices } from '../../core/devices/list-devices';

export type ManageDevicesDeps = ApiDeps & ChangeDevicesDeps & ListDevicesDeps;

/** POST and GET /v1/devices, POST /v1/devices/{deviceId}/retirement. */
export function makeHandler(deps: ManageDevicesDeps): ApiHandler {
  const register = registerNewDevice(deps);
  const retire = retireRegisteredDevice(deps);
  const list = listRegisteredDevices(deps);
  return routeOperations({
    'register-device': apiHandler({
      operation: 'register-device',
      deps,
      handle: async ({ body }, caller) => replyTo(await register(body, caller)),
    }),
    'retire-device': apiHandler({
      operation: 'retire-device',
      deps,
      handle: async ({ path }, caller) => replyTo(await retire(path.deviceId, caller)),
    }),
    'list-devices': apiHandler({
      operation: 'list-devices',
      deps,
      handle: async (_, caller) => {
        const outcome = await list(caller);
        if (outcome.kind === 'refused') return outcome;
        return { kind: 'answer', body: { devices: outcome.devices.map(deviceAnswer) } };
      },
    }),
  });
}

function replyTo(outcome: ChangeDevicesOutcome): Reply<'register-device' | 'retire-device'> {
  switch (outcome.kind) {
    case 'changed':
      return { kind: 'answer', body: deviceAnswer(outcome.device) };
    case 'refused':
      return outcome;
    case 'invalid':
      return invalidReply(outcome);
    case 'conflict':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: {
          detail: 'This key is in the registry already, as another device or a retired one.',
          remedy: 'List the devices; a retired device needs a new key.',
        },
      };
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: { detail: 'There is no such device.', remedy: 'List the devices for their ids.' },
      };
    default:
      return outcome satisfies never;
  }
}

/** What a clause demands is a refused use; anything else is just a bad request. */
function invalidReply({
  field,
  message,
  clause,
}: ChangeDevicesOutcome & { kind: 'invalid' }): Reply<'register-device'> {
  const detail = `Put right: ${field}.`;
  if (clause === undefined)
    return {
      kind: 'problem',
      problem: 'request-invalid',
      facts: { detail, fields: [{ field, message }] },
    };
  return {
    kind: 'refused',
    denial: {
      clause,
      message: detail,
      remedy: 'Each field says what is needed.',
      rules: ['device-registry'],
    },
    as: 'request-invalid',
    fields: [{ field, message, clause }],
  };
}
