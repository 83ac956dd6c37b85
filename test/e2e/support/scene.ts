import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeUserPoolClientCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { Role } from '../../../core/access/roles';
import { makeSigningRequest } from '../../../core/cameras/signing-request';
import { parsePlate } from '../../../core/plate/plate';
import { deviceCredentials } from '../../../edge/credentials';
import { generateDeviceKey, loadDeviceKey } from '../../../edge/device-key';
import { loadConfiguration } from '../../../lib/config';
import { type LocalSystem, startSystem } from '../../../local/system';
import { enrolPerson } from '../../../scripts/operate/enrol-person';
import { renderScene } from '../../../scripts/scenes/scene';
import { courthouse, takeWithSmartCamera } from '../../../scripts/start/cameras';
import { type Clients, clientsFor, output } from '../../../scripts/start/clients';
import { answered, departmentDay, hireStaff, type Staff } from '../../../scripts/start/staff';
import { type TokenMint, tokenMint } from './made-tokens';
import { type RawAnswer, type RawCall, rawCall } from './raw-call';
import { type RedeployableAssembly, redeployableAssembly } from './redeployable-assembly';

/** The whole system with people, as an attacker finds it. */
export interface Scene {
  readonly system: LocalSystem;
  readonly operator: Clients;
  readonly staff: Staff;
  readonly mint: TokenMint;
  readonly deployed: RedeployableAssembly;
  /** Function errors since the start, by function: a crash, a thrown error, a timeout. */
  readonly functionErrors: readonly string[];
  /** Calls that the gateway let through to a function since the start. */
  readonly letThrough: () => number;
  call(call: RawCall): Promise<RawAnswer>;
  stop(): Promise<void>;
}

/** Of the Department's own two networks; no address outside them is. */
export const places = {
  station: '127.0.0.1',
  nextDesk: '127.0.0.2',
  /** Some 200 km away. */
  farStation: '127.200.0.1',
  elsewhere: '127.250.0.1',
} as const;

const consoleNetworks = [
  { addresses: '127.0.0.0/16', name: 'Station', latitude: 40.4842, longitude: -88.9937 },
  { addresses: '127.200.0.0/16', name: 'Far station', latitude: 41.88, longitude: -87.63 },
];

export async function startScene(): Promise<Scene> {
  const deployed = await redeployableAssembly();
  deployed.configure((file) => ({ ...file, clients: { ...file.clients, consoleNetworks } }));
  const system = await startSystem({ assembly: deployed.folder });
  const functionErrors: string[] = [];
  let letThrough = 0;
  system.runtime.onInvoke((event) => {
    if (event.phase === 'start') letThrough += Number(isApiCall(event.payload));
    else if (event.result.kind === 'function-error')
      functionErrors.push(`${event.functionName}: ${event.result.errorType} ${event.result.errorMessage}`);
  });
  const operator = clientsFor(system, system.operator);
  const configuration = loadConfiguration('config/bloomington.json');
  const staff = await hireStaff({ system, operator, configuration });
  const baseUrl = output(system, 'ApiUrl').replace(/\/$/, '');
  return {
    system,
    operator,
    staff,
    mint: tokenMint(system),
    deployed,
    functionErrors,
    letThrough: () => letThrough,
    call: (call) => rawCall(baseUrl, call),
    stop: async () => {
      await system.stop();
      deployed.remove();
    },
  };
}

function isApiCall(payload: unknown): boolean {
  return typeof payload === 'object' && payload !== null && 'httpMethod' in payload;
}

/** Somebody more, trained today, who never signed in: tokens are made as of a sign-in. */
export async function addPerson(
  { system, operator }: Scene,
  person: {
    readonly username: string;
    readonly role: Role;
    readonly agency?: string;
    readonly division?: string;
  },
): Promise<void> {
  const configuration = loadConfiguration('config/bloomington.json');
  const today = departmentDay(system, configuration);
  await enrolPerson(
    operator,
    {
      userPoolId: output(system, 'UserPoolId'),
      peopleTable: output(system, 'PeopleTable'),
      auditEventsTable: output(system, 'AuditEventsTable'),
    },
    {
      agency: 'bloomington-pd',
      division: 'patrol',
      sworn: true,
      training:
        person.role === 'personnel-feed'
          ? new Map()
          : new Map(configuration.training.topics.map(({ id }) => [id, today])),
      ...person,
    },
  );
}

/** The token of the personnel system, got as it gets it. */
export async function personnelToken({ system, operator }: Scene): Promise<string> {
  const ClientId = output(system, 'PersonnelFeedClientId');
  const { UserPoolClient } = await operator.cognito.send(
    new DescribeUserPoolClientCommand({ UserPoolId: output(system, 'UserPoolId'), ClientId }),
  );
  const reply = await fetch(`${output(system, 'SignInUrl')}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${ClientId}:${UserPoolClient?.ClientSecret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  });
  const tokens: unknown = await reply.json();
  const token: unknown = typeof tokens === 'object' && tokens !== null && Reflect.get(tokens, 'access_token');
  if (typeof token !== 'string') throw new Error(`the personnel system got no token (${reply.status})`);
  return token;
}

/** A listed vehicle passed a camera: the ids that others must not get at. */
export interface Passage {
  readonly entryId: string;
  readonly alertId: string;
  readonly plate: string;
}

/** A detective lists a vehicle, a lieutenant approves, and it passes a car's camera. */
export async function vehiclePasses({ system, staff }: Scene): Promise<Passage> {
  const plate = 'TEST123';
  const { entryId } = answered(
    'request-hot-list-entry',
    await staff.detective.api('request-hot-list-entry', { body: entryBody(system, plate) }),
  );
  answered(
    'approve-hot-list-entry',
    await staff.lieutenant.api('approve-hot-list-entry', { path: { entryId } }),
  );
  await showToCamera({ system, staff }, plate);
  const { alerts } = answered('list-alerts', await staff.officer.api('list-alerts', { query: {} }));
  const [alert] = alerts;
  if (alert === undefined) throw new Error('the listed vehicle raised no alert');
  return { entryId, alertId: alert.alertId, plate };
}

export function entryBody(system: LocalSystem, plate: string) {
  return {
    plate,
    purpose: { kind: 'felony' as const },
    reason: { kind: 'case-number' as const, caseNumber: '2026-0012345' },
    concern: 'felony-vehicle' as const,
    description: 'Silver sedan, dented left door',
    suspicion: 'Seen leaving two armed robberies on Main Street, by two witnesses.',
    expiresAt: new Date(system.clock.now() + 7 * 86_400_000).toISOString(),
    jurisdiction: 'bloomington-pd',
  };
}

async function showToCamera(
  { system, staff }: Pick<Scene, 'system' | 'staff'>,
  plate: string,
): Promise<void> {
  const cameraId = 'car-one';
  const folder = await mkdtemp(join(tmpdir(), 'platekeeper-camera-'));
  try {
    const keyFile = join(folder, 'device-key.pem');
    await generateDeviceKey(keyFile);
    const privateKey = await loadDeviceKey(keyFile);
    const signingRequest = makeSigningRequest({ cameraId, privateKey });
    const { certificate, credentials } = answered(
      'enrol-camera',
      await staff.administrator.api('enrol-camera', {
        body: { cameraId, kind: 'mobile', network: 'bloomington', signingRequest },
      }),
    );
    const { image, label } = await renderScene({ plate, seed: 1 });
    const { x, y, width, height } = label;
    const box = { x, y, width, height };
    const shown = parsePlate(plate);
    if (shown === undefined) throw new Error('no plate to show');
    await takeWithSmartCamera(system, {
      camera: {
        edge: { cameraId, network: 'bloomington', position: courthouse },
        privateKey,
        folder,
        credentials: deviceCredentials({
          cameraId,
          certificate,
          privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
          ...credentials,
          authority: system.services.iot.serverAuthorityPem,
        }),
      },
      shots: [{ photo: { name: 'passing', load: async () => image }, capturedAtMs: system.clock.now() }],
      reader: {
        read: async () => [
          {
            plate: shown,
            candidates: [{ plate: shown, probability: 0.99 }],
            confidence: 0.99,
            characterConfidences: [...plate].map(() => 0.99),
            box,
            vehicleBox: box,
            outcome: 'accepted',
          },
        ],
      },
      step: () => undefined,
    });
    await system.idle();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
