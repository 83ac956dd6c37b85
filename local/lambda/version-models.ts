import { z } from 'zod';
import type { ResourceIdentity, ResourceModel } from '../template/resource-model';
import { type KnownProperties, requireKnownProperties } from './known-properties';
import type { LambdaRuntime } from './runtime';

const versionProperties: KnownProperties = {
  understood: ['FunctionName'],
  ignored: {
    CodeSha256: 'a deployment has one code',
    Description: 'no effect',
    RuntimePolicy: 'one runtime here',
    ProvisionedConcurrencyConfig: 'processes are kept warm anyway',
  },
};

const aliasProperties: KnownProperties = {
  understood: ['FunctionName', 'FunctionVersion', 'Name'],
  ignored: { Description: 'no effect', ProvisionedConcurrencyConfig: 'processes are kept warm anyway' },
};

/** A template makes one version of a function: number 1. It runs the function's one code. */
export function versionModel(runtime: LambdaRuntime): ResourceModel {
  const versionArn = (identity: ResourceIdentity) => `${unqualifiedArn(identity)}:1`;
  return {
    type: 'AWS::Lambda::Version',
    ref: versionArn,
    attributes: { Version: () => '1', FunctionArn: versionArn },
    provision(resource) {
      requireKnownProperties(resource, versionProperties);
      runtime.addQualifier(unqualifiedArn(resource), '1');
    },
  };
}

export function aliasModel(runtime: LambdaRuntime): ResourceModel {
  const aliasName = (identity: ResourceIdentity) => z.string().parse(identity.property('Name'));
  const aliasArn = (identity: ResourceIdentity) => `${unqualifiedArn(identity)}:${aliasName(identity)}`;
  return {
    type: 'AWS::Lambda::Alias',
    ref: aliasArn,
    attributes: { AliasArn: aliasArn },
    provision(resource) {
      requireKnownProperties(resource, aliasProperties);
      runtime.addQualifier(unqualifiedArn(resource), aliasName(resource));
    },
  };
}

function unqualifiedArn(identity: ResourceIdentity): string {
  return qualifiedArn(z.string().parse(identity.property('FunctionName')), identity);
}

/** The ARN that a template's `FunctionName` (a name, a partial or a full ARN, with or without qualifier) means. */
export function qualifiedArn(nameOrArn: string, { partition, region, accountId }: ResourceIdentity): string {
  return nameOrArn.startsWith('arn:')
    ? nameOrArn
    : `arn:${partition}:lambda:${region}:${accountId}:function:${nameOrArn}`;
}
