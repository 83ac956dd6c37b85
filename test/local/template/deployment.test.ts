// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the texts that Fn::Sub takes
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Stack as CdkStack, CfnOutput, CfnResource, Fn } from 'aws-cdk-lib';
import { readAssembly } from '../../../local/template/assembly';
import { deploy } from '../../../local/template/deployment';
import type { Resource, ResourceModel } from '../../../local/template/resource-model';
import { skipped } from '../../../local/template/skipped';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});
function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'assembly-'));
  folders.push(folder);
  return folder;
}

/** An assembly of one stack with this template, as CDK lays it out. */
function assemblyOf(template: object) {
  const folder = newFolder();
  const artifact = { type: 'aws:cloudformation:stack', properties: { templateFile: 'Data.json' } };
  writeFileSync(
    path.join(folder, 'manifest.json'),
    JSON.stringify({ version: '55.0.0', artifacts: { Data: artifact } }),
  );
  writeFileSync(path.join(folder, 'Data.json'), JSON.stringify(template));
  return readAssembly(folder);
}

/** A type whose things are only written down when made. */
function box(made: Resource[]): ResourceModel {
  const name = (identity: { defaultName: string; property(name: string): unknown }) =>
    String(identity.property('Name') ?? identity.defaultName);
  return {
    type: 'Test::Box::Box',
    ref: name,
    attributes: {
      Arn: (identity) =>
        `arn:${identity.partition}:box:${identity.region}:${identity.accountId}:${name(identity)}`,
    },
    provision: (resource) => void made.push(resource),
  };
}

async function deployBoxes(template: object) {
  const made: Resource[] = [];
  const deployment = await deploy({
    assembly: assemblyOf(template),
    models: [box(made)],
    accountId: '000000000000',
  });
  return { made, outputs: deployment.outputs };
}
const boxes = (Resources: Record<string, object>, more = {}) => ({
  Resources: Object.fromEntries(
    Object.entries(Resources).map(([id, r]) => [id, { Type: 'Test::Box::Box', ...r }]),
  ),
  ...more,
});
const refusal = (template: object) =>
  deployBoxes(template).then(
    () => 'deployed',
    (error: unknown) => error,
  );

describe('a deployment', () => {
  it('makes each resource after those it refers to or depends on, with references resolved', async () => {
    const { made } = await deployBoxes(
      boxes({
        Last: { Properties: { After: { 'Fn::GetAtt': ['Middle', 'Arn'] } } },
        Middle: { Properties: { Inner: { 'Fn::Sub': 'in ${First}' } }, DependsOn: 'Other' },
        Other: {},
        First: { Properties: { Name: 'one' } },
      }),
    );
    expect(made.map(({ physicalId }) => physicalId)).toEqual([
      'Data-Other',
      'one',
      'Data-Middle',
      'Data-Last',
    ]);
    expect(made[3]?.properties).toEqual({ After: 'arn:aws:box:us-east-2:000000000000:Data-Middle' });
    expect(made[2]?.properties).toEqual({ Inner: 'in one' });
  });

  it('leaves out resources and outputs whose condition is false, and takes parameters by their defaults', async () => {
    const { made, outputs } = await deployBoxes({
      Parameters: { Stage: { Type: 'String', Default: 'prod' } },
      Conditions: {
        IsProd: { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] },
        IsNot: { 'Fn::Not': [{ Condition: 'IsProd' }] },
      },
      ...boxes({ Kept: { Condition: 'IsProd' }, Left: { Condition: 'IsNot' } }),
      Outputs: {
        Kept: {
          Value: { Ref: 'Kept' },
          Condition: 'IsProd',
          Export: { Name: { 'Fn::Sub': '${AWS::StackName}:kept' } },
        },
        Left: { Value: { Ref: 'Left' }, Condition: 'IsNot' },
      },
    });
    expect(made.map(({ logicalId }) => logicalId)).toEqual(['Kept']);
    expect(outputs).toEqual({ 'Data.Kept': 'Data-Kept', 'Data:kept': 'Data-Kept', Kept: 'Data-Kept' });
  });

  it('resolves what one CDK stack takes from another, and finds assets by the hash in their key', async () => {
    const outdir = newFolder();
    const app = new App({ outdir });
    const data = new CdkStack(app, 'Data', { env: { region: 'us-gov-west-1' } });
    const api = new CdkStack(app, 'Api', { env: { region: 'us-gov-west-1' } });
    const table = new CfnResource(data, 'Table', { type: 'Test::Box::Box' });
    new CfnResource(api, 'Reader', { type: 'Test::Box::Box', properties: { Table: table.getAtt('Arn') } });
    new CfnOutput(data, 'Same', { value: 'a' });
    new CfnOutput(api, 'Same', { value: 'b' });
    new CfnOutput(api, 'TableName', { value: Fn.join('', [table.ref]), exportName: 'the-table' });
    app.synth();
    const made: Resource[] = [];
    const assembly = readAssembly(outdir);
    const { outputs } = await deploy({ assembly, models: [box(made)], accountId: '000000000000' });
    expect(assembly.stacks.map(({ name, region }) => [name, region])).toEqual([
      ['Data', 'us-gov-west-1'],
      ['Api', 'us-gov-west-1'],
    ]);
    expect(made[1]?.properties).toEqual({
      Table: 'arn:aws-us-gov:box:us-gov-west-1:000000000000:Data-Table',
    });
    expect(outputs['the-table']).toBe('Data-Table');
    expect(outputs['Data.Same']).toBe('a');
    expect(outputs['Api.Same']).toBe('b');
    expect(outputs.Same).toBeUndefined();
    expect(() => assembly.assetPath('0123.zip')).toThrow('the assembly has no asset 0123.zip');
  });
});

describe('what the local system cannot interpret stops the start, before anything is made', () => {
  it.each([
    [
      'a resource type',
      { Resources: { Vpc: { Type: 'AWS::EC2::VPC' } } },
      'unknown-type',
      'Data/Vpc is of type AWS::EC2::VPC',
    ],
    [
      'an attribute',
      boxes({ A: {}, B: { Properties: { x: { 'Fn::GetAtt': ['A', 'Secret'] } } } }),
      'unknown-attribute',
      'Data/A (Test::Box::Box) has no attribute Secret',
    ],
    [
      'an attribute named like an inherited one',
      boxes({ A: {}, B: { Properties: { x: { 'Fn::GetAtt': ['A', 'constructor'] } } } }),
      'unknown-attribute',
      'constructor',
    ],
    [
      'an intrinsic',
      boxes({ A: { Properties: { x: { 'Fn::Cidr': [] } } } }),
      'unknown-intrinsic',
      'Fn::Cidr',
    ],
    [
      'a reference',
      boxes({ A: { Properties: { x: { Ref: 'Nowhere' } } } }),
      'unresolved-reference',
      'Nowhere',
    ],
    [
      'an import',
      boxes({ A: { Properties: { x: { 'Fn::ImportValue': 'n' } } } }),
      'unresolved-reference',
      'no stack exports n',
    ],
    [
      'a parameter without a value',
      { Parameters: { P: { Type: 'String' } }, ...boxes({ A: { Properties: { x: { Ref: 'P' } } } }) },
      'unresolved-reference',
      'no value for its parameter P',
    ],
    [
      'a parameter from SSM',
      {
        Parameters: { P: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/p' } },
        ...boxes({ A: { Properties: { x: { Ref: 'P' } } } }),
      },
      'unresolved-reference',
      'SSM parameter',
    ],
    ['a macro', { Transform: 'AWS::Serverless-2016-10-31', Resources: {} }, 'unknown-section', 'Transform'],
    ['a resource attribute', boxes({ A: { CreationPolicy: {} } }), 'unknown-section', 'CreationPolicy'],
    [
      'resources in a circle',
      boxes({ A: { DependsOn: 'B' }, B: { Properties: { x: { Ref: 'A' } } } }),
      'circular-reference',
      'A → B → A',
    ],
  ])('%s', async (_title, template, code, message) => {
    const error = await refusal(template);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it('an artifact of another kind, and a folder that is no assembly', () => {
    const folder = newFolder();
    const manifest = { artifacts: { Inner: { type: 'cdk:cloud-assembly', properties: {} } } };
    writeFileSync(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
    expect(() => readAssembly(folder)).toThrow(expect.objectContaining({ code: 'unknown-artifact' }));
    expect(() => readAssembly(newFolder())).toThrow(expect.objectContaining({ code: 'unreadable-assembly' }));
  });

  it('even when the unknown type stands last', async () => {
    const made: Resource[] = [];
    const assembly = assemblyOf({
      Resources: { A: { Type: 'Test::Box::Box' }, Z: { Type: 'AWS::EC2::VPC' } },
    });
    await expect(deploy({ assembly, models: [box(made)], accountId: '000000000000' })).rejects.toThrow(
      'AWS::EC2::VPC',
    );
    expect(made).toEqual([]);
  });
});

describe('what is skipped', () => {
  it('is this list and no other type, each with its reason', () => {
    expect(Object.keys(skipped)).toEqual([
      'AWS::CDK::Metadata',
      'AWS::CloudWatch::Alarm',
      'AWS::CloudWatch::CompositeAlarm',
      'AWS::CloudWatch::Dashboard',
      'AWS::ApiGateway::Account',
      'AWS::WAFv2::WebACL',
      'AWS::WAFv2::WebACLAssociation',
      'AWS::WAFv2::LoggingConfiguration',
      'AWS::CloudFront::Distribution',
      'AWS::CloudFront::OriginAccessControl',
      'AWS::CloudFront::ResponseHeadersPolicy',
      'AWS::CloudFront::CachePolicy',
      'AWS::CloudFront::Function',
      'AWS::Logs::ResourcePolicy',
    ]);
    for (const { reason } of Object.values(skipped)) expect(reason.length).toBeGreaterThan(10);
  });

  it('still answers references, so that what depends on it resolves', async () => {
    const { made } = await deployBoxes({
      Resources: {
        Alarm: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: 'late' } },
        A: {
          Type: 'Test::Box::Box',
          Properties: { a: { 'Fn::GetAtt': ['Alarm', 'Arn'] }, r: { Ref: 'Alarm' } },
        },
      },
    });
    expect(made[0]?.properties).toEqual({
      a: 'arn:aws:cloudwatch:us-east-2:000000000000:alarm:late',
      r: 'late',
    });
  });
});
