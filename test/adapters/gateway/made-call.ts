import type { Context } from 'aws-lambda';
import type { ApiDeps } from '../../../adapters/gateway/api-handler';
import type { AuditEvent } from '../../../core/audit/event';
import { AuditUnavailable } from '../../../core/audit/unavailable';
import type { Person } from '../../../core/people/person';

export const nowMs = Date.parse('2026-11-24T12:00:00Z');

export interface CallFacts {
  readonly username?: string;
  readonly scope?: string;
  readonly body?: unknown;
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly accept?: string;
}

/** An event as API Gateway sends it for a call with a verified access token. */
export function madeCall(facts: CallFacts = {}) {
  return {
    resource: '/v1/searches',
    httpMethod: 'POST',
    body:
      facts.body === undefined
        ? null
        : typeof facts.body === 'string'
          ? facts.body
          : JSON.stringify(facts.body),
    isBase64Encoded: false,
    headers: facts.accept === undefined ? {} : { Accept: facts.accept },
    multiValueHeaders: facts.accept === undefined ? {} : { Accept: [facts.accept] },
    pathParameters: facts.path ?? null,
    queryStringParameters: facts.query ?? null,
    requestContext: {
      authorizer: {
        claims: {
          username: facts.username ?? 'made-up.officer',
          token_use: 'access',
          scope: facts.scope ?? 'aws.cognito.signin.user.admin platekeeper/api',
        },
      },
      identity: { sourceIp: '192.0.2.7', userAgent: 'made-up-agent/1' },
    },
  };
}

export function madeContext(remainingMs = 20_000): Context {
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName: 'made-up',
    functionVersion: '1',
    invokedFunctionArn: 'arn:aws:lambda:us-east-2:000000000000:function:made-up',
    memoryLimitInMB: '512',
    awsRequestId: '00000000-0000-4000-8000-00000000ffff',
    logGroupName: 'made-up',
    logStreamName: 'made-up',
    getRemainingTimeInMillis: () => remainingMs,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}

/** The chain's parts in memory: people by name, an audit log that can be told to fail, and what was reported. */
export function madeApi(people: readonly Person[]) {
  const events: AuditEvent[] = [];
  const reports: unknown[] = [];
  const audit = { isDown: false };
  let ids = 1;
  const deps: ApiDeps = {
    people: { find: async (username) => people.find((each) => each.username === username) },
    audit: {
      append: async (event) => {
        if (audit.isDown) throw new AuditUnavailable();
        events.push(event);
      },
    },
    events: { now: () => nowMs, newId: () => `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}` },
    report: (failure) => reports.push(failure),
  };
  return { deps, events, reports, audit };
}
