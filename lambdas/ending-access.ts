import { Logger } from '@aws-lambda-powertools/logger';
import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { CognitoAccounts } from '../adapters/people/cognito-accounts';
import { InvokedSweep } from '../adapters/people/live-connection-sweep';
import type { EndAccessDeps } from '../core/people/finish-change';
import { emfCounters } from './counters';
import { errorFacts } from './error-facts';

/** Short, so that a silent service leaves time for an answer: the record refuses already. */
const client = {
  maxAttempts: 2,
  requestHandler: { connectionTimeout: 1000, requestTimeout: 2000, throwOnRequestTimeout: true },
};

/** The sign-in side of accounts. */
export function openAccounts(userPoolId: string): CognitoAccounts {
  return new CognitoAccounts({ cognito: new CognitoIdentityProviderClient(client), userPoolId });
}

/** How open live connections are closed; what fails is counted as `AccessEndUnfinished` and logged by code. */
export function openSweep(options: {
  readonly service: string;
  readonly deliverAlertsFunction: string;
}): Pick<EndAccessDeps, 'liveConnections' | 'unfinished'> {
  const counters = emfCounters(options.service);
  const log = new Logger({ serviceName: options.service });
  return {
    liveConnections: new InvokedSweep({
      lambda: new LambdaClient(client),
      deliverFunction: options.deliverAlertsFunction,
    }),
    unfinished: ({ error }) => {
      counters.count('AccessEndUnfinished', 1);
      log.error('a step after a change of access failed; repeating the call does it again', {
        ...errorFacts(error),
      });
    },
  };
}
