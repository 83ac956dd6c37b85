import { iotModels } from '../../../local/iot/models';
import type { Resource } from '../../../local/template/resource-model';
import { accountId, region } from '../support';
import { askCredentials, madeDevice, roleArn, startIot } from './iot-fixture';

let local: Awaited<ReturnType<typeof startIot>>;
beforeEach(async () => {
  local = await startIot();
});
afterEach(() => local.stop());

const aliasArn = `arn:aws:iot:${region}:${accountId}:rolealias/Made-Alias`;

it('makes role aliases and policies of the template, under its names', async () => {
  expect(
    make('AWS::IoT::RoleAlias', 'Alias', {
      RoleAlias: 'Made-Alias',
      RoleArn: roleArn,
      CredentialDurationSeconds: 900,
    }),
  ).toEqual({
    ref: 'Made-Alias',
    attributes: { RoleAliasArn: aliasArn },
  });
  const statement = { Effect: 'Allow', Action: 'iot:AssumeRoleWithCertificate', Resource: aliasArn };
  expect(make('AWS::IoT::Policy', 'Policy', { PolicyDocument: { Statement: [statement] } })).toEqual({
    ref: 'Stack-Policy',
    attributes: { Arn: `arn:aws:iot:${region}:${accountId}:policy/Stack-Policy`, Id: 'Stack-Policy' },
  });

  const device = madeDevice();
  const certificate = local.iot.addCertificate(device.signingRequest, true);
  certificate.policies.add('Stack-Policy');
  expect(
    local.iot.issueCredentials({
      aliasName: 'Made-Alias',
      certificateId: certificate.id,
      thingName: undefined,
    }),
  ).toMatchObject({ expiresAtMs: local.clock.now() + 900_000 });
  await expect(askCredentials(local.iot, device, certificate.pem)).rejects.toMatchObject({ code: 'refused' });
});

it('stops at a property it does not know, and at durations that AWS does not allow', () => {
  expect(() => make('AWS::IoT::RoleAlias', 'Alias', { RoleArn: roleArn, MadeUp: 1 })).toThrow(
    /Alias[\s\S]*MadeUp/,
  );
  expect(() =>
    make('AWS::IoT::RoleAlias', 'Alias', { RoleArn: roleArn, CredentialDurationSeconds: 60 }),
  ).toThrow(/900/);
});

function make(type: string, logicalId: string, properties: Record<string, unknown>) {
  const model = iotModels(local.iot).find((each) => each.type === type);
  if (model === undefined) throw new Error(`no model of ${type}`);
  const identity = {
    stackName: 'Stack',
    logicalId,
    type,
    region,
    accountId,
    partition: 'aws',
    defaultName: `Stack-${logicalId}`,
    property: (name: string) => properties[name],
  };
  const attributes = Object.fromEntries(
    Object.entries(model.attributes).map(([name, of]) => [name, of(identity)]),
  );
  const ref = model.ref(identity);
  const resource: Resource = {
    ...identity,
    physicalId: ref,
    properties,
    attribute: (name) => attributes[name] ?? '',
  };
  model.provision?.(resource);
  return { ref, attributes };
}
