import type { Device } from '../../core/audit/event';
import { type Operation, type OperationId, operations } from '../../core/contract/operations';
import { apiScope } from '../../core/contract/scopes';
import { deviceFactOf } from '../../core/devices/device-fact';
import { type Person, type Principal, standing } from '../../core/people/person';
import type { People } from '../../core/people/ports';
import type { CallRules } from './call-rules';
import { type ProveDeviceDeps, proofRefusal, proveDevice } from './prove-device';
import type { GatewayCall } from './proxy-event';
import type { Refused, Who } from './refusal';
import { type SessionDeps, sessionRefusal } from './session-refusal';
import { scopeOf, type TokenHolder } from './token-claims';
import { understood } from './understood';

export interface AdmitCallerDeps extends ProveDeviceDeps, SessionDeps {
  readonly people: People;
  readonly rules: CallRules;
}

export type CallerAdmission =
  | { readonly kind: 'admitted'; readonly person: Principal; readonly device: Device }
  | { readonly kind: 'refused'; readonly who: Who; readonly refused: Refused; readonly device: Device };

/**
 * Who calls, by the facts as they are now; of the token only who it names, which client it was issued to and which
 * sign-in it comes from is believed. In this order: the token's scope, the access record and its standing, the device,
 * the session.
 */
export async function admitCaller(
  deps: AdmitCallerDeps,
  call: GatewayCall,
  of: { readonly operation: OperationId; readonly requestId: string; readonly nowMs: number },
): Promise<CallerAdmission> {
  const { holder, device } = call;
  const refuse = (who: Who, refused: Refused): CallerAdmission => ({ kind: 'refused', who, refused, device });
  const { scopes = [apiScope] }: Operation = operations[of.operation];
  const scope = scopeOf(holder);
  if (scope !== undefined && !scopes.includes(scope)) return refuse(nameOf(holder), notOpened);

  const username = nameOf(holder);
  const found = username === undefined ? undefined : await understood(deps, () => deps.people.find(username));
  const stand = standing(found, of.nowMs);
  if (stand.kind === 'refused')
    return refuse(found ?? username, { denial: { ...stand, rules: ['standing'] } });
  const { person } = stand;
  const isMachine = person.role === 'personnel-feed';
  if (holder.kind === 'nobody' || isMachine !== (holder.kind === 'machine')) return refuse(person, notOpened);
  if (holder.kind === 'machine')
    return {
      kind: 'admitted',
      person: { ...person, device: 'machine' },
      device: { ...device, proven: 'machine' },
    };
  return admitPerson(deps, { call, holder, person }, of);
}

async function admitPerson(
  deps: AdmitCallerDeps,
  caller: {
    readonly call: GatewayCall;
    readonly holder: TokenHolder & { readonly kind: 'person' };
    readonly person: Person;
  },
  of: Parameters<typeof admitCaller>[2],
): Promise<CallerAdmission> {
  const { call, holder, person } = caller;
  const { rules } = deps;
  const { username } = person;
  const sessionId = holder.signIn?.sessionId;
  const session = sessionId === undefined ? {} : { sessionId };
  const proof = await proveDevice(deps, call, { username, nowMs: of.nowMs });
  if (proof.kind === 'refused') {
    const device = { ...call.device, ...session, proven: 'unknown' } as const;
    return { kind: 'refused', who: person, refused: proofRefusal(proof.because), device };
  }
  const client = rules.clientOf(holder.clientId);
  const place = rules.placeOf(call.device.address);
  const proven = deviceFactOf({
    username,
    client,
    ...(proof.kind === 'proven' ? { proven: proof } : {}),
    isOnOwnNetwork: place !== undefined,
    consoleDevices: rules.consoleDevices,
  });
  const deviceId = proof.kind === 'proven' ? { deviceId: proof.deviceId } : {};
  const device = { ...call.device, ...session, proven, ...deviceId };
  const use = {
    address: call.device.address,
    client,
    device: proven,
    ...deviceId,
    ...(place === undefined ? {} : { place }),
  };
  const refused = await sessionRefusal(deps, { person, signIn: holder.signIn, use }, of);
  if (refused !== undefined) return { kind: 'refused', who: person, refused, device };
  return { kind: 'admitted', person: { ...person, device: proven }, device };
}

function nameOf(holder: TokenHolder): string | undefined {
  return holder.kind === 'nobody' ? undefined : holder.username;
}

/** A person's token where a machine's is asked for, or the other way round. */
const notOpened: Refused = {
  denial: {
    clause: 'Access-C',
    message: 'This sign-in does not open this.',
    remedy: 'Sign in with the account that was made for it.',
    rules: ['sign-in'],
  },
};
