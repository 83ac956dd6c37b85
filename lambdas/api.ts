import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StoredAuditLog } from '../adapters/audit/audit-log';
import { createDecideAccess } from '../adapters/cedar/decide-access';
import type { ApiDeps } from '../adapters/gateway/api-handler';
import { StoredPeople } from '../adapters/people/people';
import type { DecideAccess } from '../core/access/decision';
import type { Configuration } from '../core/contract/configuration';
import { loadConfiguration, partsFolder } from './configuration';
import { errorFacts } from './error-facts';

/** Well inside the function's limit, so that a silent table becomes an answer with an id. */
const storeTimeoutMs = 4000;

export interface ApiParts {
  readonly configuration: Configuration;
  readonly decide: DecideAccess;
  readonly dynamo: DynamoDBClient;
  readonly deps: ApiDeps;
}

/** What every function behind the gateway starts with. Throws when the configuration or the policy is unusable. */
export function startApi(options: {
  service: string;
  peopleTable: string;
  auditEventsTable: string;
}): ApiParts {
  const configuration = loadConfiguration();
  const dynamo = new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: storeTimeoutMs, throwOnRequestTimeout: true },
  });
  const logger = new Logger({ serviceName: options.service });
  return {
    configuration,
    dynamo,
    decide: createDecideAccess({ policyFolder: join(partsFolder, 'policy'), configuration }),
    deps: {
      people: new StoredPeople({ dynamo, table: options.peopleTable }),
      audit: new StoredAuditLog({ dynamo, table: options.auditEventsTable }),
      events: { now: () => Date.now(), newId: () => randomUUID() },
      report: ({ error, requestId, operation }) =>
        logger.error('request failed', { requestId, operation, ...errorFacts(error) }),
    },
  };
}
