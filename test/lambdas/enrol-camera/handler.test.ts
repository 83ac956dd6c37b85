import { join } from 'node:path';
import { UpdateCertificateCommand } from '@aws-sdk/client-iot';
import { Cameras } from '../../../adapters/cameras/cameras';
import { createDecideAccess } from '../../../adapters/cedar/decide-access';
import { StoredEnrolments } from '../../../adapters/enrolment/enrolments';
import { IotIdentities } from '../../../adapters/enrolment/iot-identities';
import { StoredSites } from '../../../adapters/sites/sites';
import { decideSite } from '../../../core/cameras/site-life-cycle';
import { operations } from '../../../core/contract/operations';
import { cameraRefusal } from '../../../core/reads/admit';
import { publicKeyOf } from '../../../edge/device-key';
import { makeHandler } from '../../../lambdas/enrol-camera/handler';
import { madeApi, madeCall, madeContext } from '../../adapters/gateway/made-call';
import type { LocalDynamo } from '../../adapters/local-dynamo';
import { cameraRow, startTables, tables } from '../../adapters/sites/made-tables';
import { changeOf, chief, madeProposal, siteIds } from '../../core/cameras/made-site';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePerson } from '../../core/people/made-person';
import {
  askCredentials,
  madeDevice,
  partnerAccess,
  partnerRoleArn,
  policyName,
  roleAlias,
  roleArn,
  startIot,
} from '../../local/iot/iot-fixture';

const configuration = madeConfiguration();
const decide = createDecideAccess({
  policyFolder: join(__dirname, '..', '..', '..', 'policy'),
  configuration,
});
const people = [
  madePerson(),
  madePerson({ username: 'made-up.administrator', role: 'administrator', division: 'cid-command' }),
];

let local: LocalDynamo;
let iot: Awaited<ReturnType<typeof startIot>>;
let api: ReturnType<typeof madeApi>;
beforeEach(async () => {
  local = await startTables();
  iot = await startIot();
  api = madeApi(people);
  isVideoBusy = false;
});
afterEach(async () => {
  await iot.stop();
  await local.stop();
});

it('takes a car in by its own key, and the car gets credentials with what it is answered [Policy-D]', async () => {
  const device = madeDevice('car-12');
  const { status, body } = await enrol(device);
  expect(status).toBe(201);
  expect(body.credentials).toEqual({ endpoint: iot.iot.credentialEndpoint, roleAlias });
  expect(await cameraRow(local, 'car-12')).toEqual({
    cameraId: { S: 'car-12' },
    network: { S: 'bloomington' },
    kind: { S: 'mobile' },
    publicKeyPem: { S: publicKeyOf(device.privateKey) },
    status: { S: 'active' },
  });
  await askCredentials(iot.iot, device, String(body.certificate));
  expect(iot.sessions).toMatchObject([{ context: { 'credentials-iot:ThingName': 'car-12' } }]);
  expect(api.events).toMatchObject([
    { kind: 'requested', operation: 'enrol-camera', actor: { username: 'made-up.administrator' } },
    { kind: 'answered', counts: { enrolled: 1 }, resultIds: ['car-12', body.certificateId] },
  ]);
});

it('gives a partner’s feed the partners’ role alone, and a camera of ours the cameras’ alone [Storage-C, Policy-D]', async () => {
  const feed = madeDevice('normal-feed');
  const partner = await enrol(feed, { kind: 'partner', network: 'normal' });
  expect(partner.body.credentials).toEqual({
    endpoint: iot.iot.credentialEndpoint,
    roleAlias: 'made-up-partner-alias',
  });
  const own = madeDevice('car-12');
  const camera = await enrol(own);
  const ask = (device: typeof own, { body }: typeof camera, alias: string) =>
    askCredentials(iot.iot, device, String(body.certificate), alias);
  await ask(feed, partner, 'made-up-partner-alias');
  await ask(own, camera, 'made-up-alias');
  expect(iot.sessions.map((session) => session.roleArn)).toEqual([partnerRoleArn, roleArn]);
  await expect(ask(feed, partner, 'made-up-alias')).rejects.toMatchObject({ code: 'refused' });
  await expect(ask(own, camera, 'made-up-partner-alias')).rejects.toMatchObject({ code: 'refused' });
});

it('installs a fixed camera at its approved site in the same step [Policy-E]', async () => {
  const proposal = madeProposal();
  const sites = new StoredSites({ dynamo: local.dynamo, ...tables });
  await sites.store(proposal);
  const device = madeDevice('fixed-1');
  const request = { kind: 'fixed', siteId: siteIds.courthouse };
  expect(await enrol(device, request)).toMatchObject({ status: 409, body: { clause: 'Policy-E' } });
  expect(await cameraRow(local, 'fixed-1')).toBeUndefined();
  await sites.store(changeOf(decideSite(proposal.sites[0], { decision: 'approve' }, chief)));
  expect((await enrol(device, request)).status).toBe(201);
  expect(await cameraRow(local, 'fixed-1')).toMatchObject({
    site: { M: { approvedBy: { S: 'made-up.chief' } } },
  });
  expect(await sites.find(siteIds.courthouse)).toMatchObject({ state: 'installed', cameraId: 'fixed-1' });
  expect(streams).toContain('fixed-1');
});

it('finishes what was begun when the same request comes again, and lets no other key take the place', async () => {
  const device = madeDevice('car-12');
  const first = await enrol(device);
  const certificateId = String(first.body.certificateId);
  await iot.client.send(new UpdateCertificateCommand({ certificateId, newStatus: 'INACTIVE' }));
  expect((await enrol(device)).body).toEqual(first.body);
  expect(iot.iot.certificate(certificateId).status).toBe('ACTIVE');
  expect((await enrol(madeDevice('car-12'))).status).toBe(409);
  expect((await enrol(device, { kind: 'fixed' })).status).toBe(409);
});

it('activates nothing while the video stream is being made, and finishes when the same request comes again', async () => {
  const device = madeDevice('fixed-2');
  isVideoBusy = true;
  const begun = await enrol(device, { kind: 'fixed' });
  expect(begun).toMatchObject({
    status: 409,
    body: {
      detail: 'The camera’s video stream is still being made; it gets no credentials before that.',
      remedy: 'Send the same request again in a minute: it finishes this enrolment.',
    },
  });
  expect([...iot.iot.certificates.values()].map(({ status }) => status)).toEqual(['INACTIVE']);
  expect(api.events[1]).toMatchObject({ kind: 'answered', counts: { enrolled: 0 }, resultIds: [] });

  isVideoBusy = false;
  const { status, body } = await enrol(device, { kind: 'fixed' });
  expect(status).toBe(201);
  expect([...iot.iot.certificates.values()].map(({ status }) => status)).toEqual(['ACTIVE']);
  await askCredentials(iot.iot, device, String(body.certificate));
});

it('leaves no certificate that works when IAM refuses a step', async () => {
  iot.authorizer.refuse('iot:AttachThingPrincipal');
  expect((await enrol(madeDevice('car-12'))).status).toBe(500);
  expect(await cameraRow(local, 'car-12')).toBeUndefined();
  expect([...iot.iot.certificates.values()].map(({ status }) => status)).toEqual(['INACTIVE']);
});

it('stops a retired camera at once: nothing of it is admitted and it gets no credentials [Policy-D]', async () => {
  const device = madeDevice('car-12');
  const { body } = await enrol(device);
  const retired = await call('retire-camera', { path: { cameraId: 'car-12' } });
  expect(retired).toEqual({
    status: 200,
    body: { cameraId: 'car-12', retiredAt: '2026-11-24T12:00:00.000Z' },
  });
  const camera = (await new Cameras(local.dynamo, 'Cameras').find(['car-12'])).get('car-12');
  expect(cameraRefusal(camera)).toBe('retired-camera');
  await expect(askCredentials(iot.iot, device, String(body.certificate))).rejects.toMatchObject({
    code: 'refused',
  });
  expect((await call('retire-camera', { path: { cameraId: 'car-12' } })).status).toBe(200);
  expect((await enrol(device)).status).toBe(409);
});

it.each([
  ['by an officer', { username: 'made-up.officer' }, {}, 403, 'Policy-D'],
  ['without a signed request', {}, { signingRequest: 'made up' }, 400, 'Policy-D'],
  ['of a partner’s camera on an own network', {}, { kind: 'partner' }, 403, 'Policy-D'],
  ['of a car on a network that nobody has', {}, { network: 'nowhere' }, 403, 'Policy-D'],
  ['of a car at a site', {}, { siteId: siteIds.courthouse }, 403, 'Policy-E'],
] as const)('refuses an enrolment %s [%#]', async (_, who, request, status, clause) => {
  const { body } = await enrol(madeDevice('car-12'), request, who);
  expect(body).toMatchObject({ status, clause });
  expect(iot.iot.certificates.size).toBe(0);
  expect(await cameraRow(local, 'car-12')).toBeUndefined();
});

const streams: string[] = [];
let isVideoBusy = false;

function enrol(
  device: { cameraId: string; signingRequest: string },
  changes: Record<string, unknown> = {},
  who: { username?: string } = {},
) {
  const { cameraId, signingRequest } = device;
  return call('enrol-camera', {
    ...who,
    body: { cameraId, signingRequest, kind: 'mobile', network: 'bloomington', ...changes },
  });
}

async function call(
  operation: 'enrol-camera' | 'retire-camera',
  facts: Parameters<typeof madeCall>[0],
): Promise<{ status: number; body: Record<string, unknown> }> {
  const handler = makeHandler({
    ...api.deps,
    configuration,
    decide,
    cameras: new Cameras(local.dynamo, 'Cameras'),
    enrolments: new StoredEnrolments({ dynamo: local.dynamo, ...tables }),
    sites: new StoredSites({ dynamo: local.dynamo, ...tables }),
    identities: new IotIdentities({
      iot: iot.client,
      cameras: { policyName, roleAlias },
      partners: partnerAccess,
    }),
    video: {
      prepare: async (cameraId) => {
        streams.push(cameraId);
        return isVideoBusy ? 'busy' : 'ready';
      },
    },
  });
  const { method, path } = operations[operation];
  const event = {
    ...madeCall({ username: 'made-up.administrator', ...facts }),
    httpMethod: method,
    resource: path,
  };
  const reply = await handler(event, madeContext());
  return { status: reply.statusCode, body: JSON.parse(reply.body) };
}
