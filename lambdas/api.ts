import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { StoredAuditLog } from '../adapters/audit/audit-log';
import { createDecideAccess } from '../adapters/cedar/decide-access';
import { StoredDevices } from '../adapters/devices/devices';
import { StoredUsedProofs } from '../adapters/devices/used-proofs';
import { StoredFindings } from '../adapters/findings/findings';
import type { ApiDeps } from '../adapters/gateway/api-handler';
import { callRules } from '../adapters/gateway/call-rules';
import { StoredPeople } from '../adapters/people/people';
import { StoredSessions } from '../adapters/sessions/sessions';
import type { DecideAccess } from '../core/access/decision';
import type { AuditDeps } from '../core/audit/audited-use';
import type { Configuration } from '../core/contract/configuration';
import { makeFindingSink } from '../core/findings/raise-finding';
import type { apiEnv } from './api-env';
import { loadConfiguration, partsFolder } from './configuration';
import { emfCounters } from './counters';
import { errorFacts } from './error-facts';
import { noteMalformed } from './malformed-rows';

/** Well inside the function's limit, so that a silent table becomes an answer with an id. */
const storeTimeoutMs = 4000;

type ApiTables = { readonly [Key in keyof typeof apiEnv]: string };

type DecidingTables = Pick<
  ApiTables,
  'peopleTable' | 'dutyTable' | 'sharingTable' | 'sessionsTable' | 'devicesTable' | 'auditEventsTable'
>;

export interface DecidingParts<Deps> {
  readonly configuration: Configuration;
  readonly decide: DecideAccess;
  readonly dynamo: DynamoDBClient;
  readonly deps: Deps;
}

export type DecidingDeps = AuditDeps & {
  readonly people: StoredPeople;
  readonly devices: StoredDevices;
  readonly sessions: StoredSessions;
};

export type ApiParts = DecidingParts<ApiDeps & DecidingDeps>;

/**
 * What every function starts with that decides on somebody by the live facts. Throws when the configuration or the
 * policy is unusable.
 */
export function startDeciding(options: DecidingTables & { service: string }): DecidingParts<DecidingDeps> {
  const { service } = options;
  const configuration = loadConfiguration();
  const dynamo = new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1000, requestTimeout: storeTimeoutMs, throwOnRequestTimeout: true },
  });
  const { training } = configuration;
  const now = () => Date.now();
  return {
    configuration,
    dynamo,
    decide: createDecideAccess({ policyFolder: join(partsFolder, 'policy'), configuration }),
    deps: {
      people: new StoredPeople({ ...options, dynamo, training, now }),
      devices: new StoredDevices({ dynamo, table: options.devicesTable }),
      sessions: new StoredSessions({
        dynamo,
        table: options.sessionsTable,
        onMalformed: noteMalformed({
          counters: emfCounters(service),
          log: new Logger({ serviceName: service }),
        }),
      }),
      audit: new StoredAuditLog({ dynamo, table: options.auditEventsTable }),
      events: { now, newId: () => randomUUID() },
    },
  };
}

/** What every function behind the gateway starts with: the above, and the chain of each call. */
export function startApi(options: ApiTables & { service: string }): ApiParts {
  const { service, auditEventsTable, findingsTable, proofsTable, consoleClients } = options;
  const { deps, ...parts } = startDeciding(options);
  const { dynamo, configuration } = parts;
  const { now } = deps.events;
  const logger = new Logger({ serviceName: service });
  return {
    ...parts,
    deps: {
      ...deps,
      rules: callRules(configuration, consoleClients),
      usedProofs: new StoredUsedProofs({ dynamo, table: proofsTable, now }),
      findingSink: makeFindingSink({
        findings: new StoredFindings({ dynamo, table: findingsTable }),
        onceAudit: new StoredAuditLog({ dynamo, table: auditEventsTable }),
        now,
      }),
      // One name for all of them: what these figures mean does not depend on the operation.
      counters: emfCounters('api'),
      report: ({ error, requestId, operation }) =>
        logger.error('request failed', { requestId, operation, ...errorFacts(error) }),
    },
  };
}
