import { z } from 'zod';
import type { ResourceModel } from '../template/resource-model';
import { type KnownProperties, requireKnownProperties } from './known-properties';
import type { LambdaRuntime } from './runtime';
import { qualifiedArn } from './version-models';

const permissionProperties: KnownProperties = {
  understood: ['Action', 'FunctionName', 'Principal', 'SourceArn', 'SourceAccount'],
  ignored: {},
};

const permission = z.object({
  Action: z.string(),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.string().optional(),
  SourceAccount: z.string().optional(),
});

export function permissionModel(runtime: LambdaRuntime): ResourceModel {
  return {
    type: 'AWS::Lambda::Permission',
    ref: (identity) => identity.defaultName,
    attributes: { Id: (identity) => identity.defaultName },
    provision(resource) {
      requireKnownProperties(resource, permissionProperties);
      const { Action, FunctionName, Principal, SourceArn, SourceAccount } = permission.parse(
        resource.properties,
      );
      if (SourceAccount !== undefined && SourceAccount !== resource.accountId) {
        throw new Error(`${resource.type} ${resource.logicalId}: SourceAccount names another account`);
      }
      runtime.addPermission({
        statementId: resource.logicalId,
        functionArn: qualifiedArn(FunctionName, resource),
        action: Action,
        principal: Principal,
        sourceArn: SourceArn,
      });
    },
  };
}

const settingsProperties: KnownProperties = {
  understood: [
    'DestinationConfig',
    'FunctionName',
    'MaximumEventAgeInSeconds',
    'MaximumRetryAttempts',
    'Qualifier',
  ],
  ignored: {},
};

const destination = z.object({ Destination: z.string() }).optional();
const settings = z.object({
  FunctionName: z.string(),
  Qualifier: z.literal('$LATEST', 'settings of one version or alias alone are not modelled locally'),
  MaximumEventAgeInSeconds: z.coerce.number().int().min(60).max(21_600).default(21_600),
  MaximumRetryAttempts: z.coerce.number().int().min(0).max(2).default(2),
  DestinationConfig: z.strictObject({ OnFailure: destination, OnSuccess: destination }).optional(),
});

export function settingsModel(runtime: LambdaRuntime): ResourceModel {
  return {
    type: 'AWS::Lambda::EventInvokeConfig',
    ref: (identity) => identity.defaultName,
    attributes: {},
    provision(resource) {
      requireKnownProperties(resource, settingsProperties);
      const parsed = settings.parse(resource.properties);
      runtime.setAsyncSettings(qualifiedArn(parsed.FunctionName, resource), {
        retriesMax: parsed.MaximumRetryAttempts,
        ageSecondsMax: parsed.MaximumEventAgeInSeconds,
        onFailureArn: parsed.DestinationConfig?.OnFailure?.Destination,
        onSuccessArn: parsed.DestinationConfig?.OnSuccess?.Destination,
      });
    },
  };
}
