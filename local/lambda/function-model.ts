import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import type { FunctionSpec } from './function-spec';
import { type KnownProperties, requireKnownProperties } from './known-properties';
import type { LayerFolders } from './layer-model';
import { requireVariables } from './rest-api';
import type { LambdaRuntime } from './runtime';

const properties: KnownProperties = {
  understood: [
    'Code',
    'DeadLetterConfig',
    'Environment',
    'FunctionName',
    'Handler',
    'Layers',
    'LoggingConfig',
    'MemorySize',
    'PackageType',
    'ReservedConcurrentExecutions',
    'Role',
    'Runtime',
    'Timeout',
  ],
  ignored: {
    Architectures: 'the code runs on this machine whatever it is',
    Description: 'no effect',
    EphemeralStorage: 'functions share the machine, whose temporary folder is larger',
    KmsKeyArn: 'encrypts variables at rest, which here are in memory only',
    RecursiveLoop: 'loops are bounded by the event sources',
    RuntimeManagementConfig: 'one runtime here: the Node that runs this',
    Tags: 'no effect',
    TracingConfig: 'no traces are kept',
    VpcConfig: 'every local service is on this machine; the network is not modelled',
  },
};

const schema = z.object({
  Code: z.union([
    z.strictObject({ S3Bucket: z.unknown().optional(), S3Key: z.string() }),
    z.strictObject({ ZipFile: z.string() }),
  ]),
  DeadLetterConfig: z.object({ TargetArn: z.string() }).optional(),
  Environment: z.object({ Variables: z.record(z.string(), z.coerce.string()).default({}) }).optional(),
  Handler: z.string(),
  Layers: z.array(z.string()).default([]),
  LoggingConfig: z
    .object({ LogGroup: z.string().optional(), LogFormat: z.enum(['Text', 'JSON']).default('Text') })
    .default({ LogFormat: 'Text' }),
  MemorySize: z.coerce.number().int().min(128).max(10_240).default(128),
  PackageType: z.literal('Zip').default('Zip'),
  ReservedConcurrentExecutions: z.coerce.number().int().min(0).optional(),
  Role: z.string(),
  Runtime: z.string().startsWith('nodejs', 'only Node.js functions run locally'),
  Timeout: z.coerce.number().int().min(1).max(900).default(3),
});

export interface FunctionModelOptions {
  readonly runtime: LambdaRuntime;
  readonly assetFolder: (key: string) => string;
  readonly layers: LayerFolders;
}

export function functionModel(options: FunctionModelOptions): ResourceModel {
  return {
    type: 'AWS::Lambda::Function',
    ref: functionName,
    attributes: { Arn: functionArn },
    provision(resource) {
      requireKnownProperties(resource, properties);
      const parsed = schema.safeParse(resource.properties);
      if (!parsed.success) {
        throw new Error(`${resource.type} ${resource.logicalId}: ${z.prettifyError(parsed.error)}`);
      }
      options.runtime.create(specOf(resource, parsed.data, options));
    },
  };
}

function specOf(
  resource: Resource,
  parsed: z.infer<typeof schema>,
  { runtime, assetFolder, layers }: FunctionModelOptions,
): FunctionSpec {
  const variables = parsed.Environment?.Variables ?? {};
  requireVariables(variables);
  const name = resource.physicalId;
  const { Code } = parsed;
  return {
    name,
    arn: resource.attribute('Arn'),
    roleArn: parsed.Role,
    taskRoot: 'ZipFile' in Code ? inlineFolder(runtime, name, Code.ZipFile) : assetFolder(Code.S3Key),
    handler: parsed.Handler,
    memoryMb: parsed.MemorySize,
    timeoutSeconds: parsed.Timeout,
    variables,
    reservedConcurrency: parsed.ReservedConcurrentExecutions,
    logGroup: parsed.LoggingConfig.LogGroup ?? `/aws/lambda/${name}`,
    logFormat: parsed.LoggingConfig.LogFormat,
    layerFolders: parsed.Layers.map((arn) => layers.find(arn)),
    deadLetterArn: parsed.DeadLetterConfig?.TargetArn,
  };
}

/** Inline code is one file named `index`. */
function inlineFolder(runtime: LambdaRuntime, name: string, code: string): string {
  const folder = path.join(runtime.inlineFolder, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'index.js'), code);
  return folder;
}

/** Lambda names are at most 64 characters, which CloudFormation heeds by cutting the generated ones. */
function functionName(identity: ResourceIdentity): string {
  const given = identity.property('FunctionName');
  if (typeof given === 'string') return given;
  const { defaultName } = identity;
  return defaultName.length <= 64 ? defaultName : `${defaultName.slice(0, 31)}-${defaultName.slice(-32)}`;
}

function functionArn(identity: ResourceIdentity): string {
  const { partition, region, accountId } = identity;
  return `arn:${partition}:lambda:${region}:${accountId}:function:${functionName(identity)}`;
}
