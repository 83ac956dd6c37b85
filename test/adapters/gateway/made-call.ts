import type { Context } from 'aws-lambda';
import type { ApiDeps } from '../../../adapters/gateway/api-handler';
import { callRules } from '../../../adapters/gateway/call-rules';
import type { AuditEvent } from '../../../core/audit/event';
import { AuditUnavailable } from '../../../core/audit/unavailable';
import type { Configuration } from '../../../core/contract/configuration';
import type { Device } from '../../../core/devices/device';
import type { FindingCause } from '../../../core/findings/finding';
import type { Person } from '../../../core/people/person';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madeRegistry } from '../../core/devices/made-device';
import { madeSessions } from '../../core/sessions/made-sessions';

export const nowMs = Date.parse('2026-11-24T12:00:00Z');

/** The made-up station's network; `192.0.2.7` is on it. */
export const station = {
  addresses: '192.0.2.0/24',
  name: 'Made-up station',
  latitude: 40.4842,
  longitude: -88.9937,
};

/** The configuration that ships, with the made-up station. */
export function madeApiConfiguration(changes: Partial<Configuration> = {}): Configuration {
  const configuration = madeConfiguration(changes);
  const { clients } = configuration;
  return {
    ...configuration,
    clients: { ...clients, consoleNetworks: [station, ...clients.consoleNetworks] },
  };
}

export interface CallFacts {
  readonly username?: string;
  readonly scope?: string;
  /** Of the token, over what it says otherwise. */
  readonly claims?: Readonly<Record<string, string | undefined>>;
  readonly address?: string;
  /** The header `DPoP`, several where it is a list. */
  readonly proof?: string | readonly string[];
  readonly body?: unknown;
  readonly path?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly accept?: string;
}

/** An event as API Gateway sends it for a call with a verified access token, at a console of the made-up station. */
export function madeCall(facts: CallFacts = {}) {
  const multiValueHeaders: Record<string, string[]> = {
    Authorization: ['Bearer made-up-token'],
    ...(facts.accept === undefined ? {} : { Accept: [facts.accept] }),
    ...(facts.proof === undefined ? {} : { DPoP: [facts.proof].flat() }),
  };
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
    headers: Object.fromEntries(Object.entries(multiValueHeaders).map(([key, each]) => [key, each.at(-1)])),
    multiValueHeaders,
    pathParameters: facts.path ?? null,
    queryStringParameters: facts.query ?? null,
    requestContext: {
      authorizer: {
        claims: {
          username: facts.username ?? 'made-up.officer',
          token_use: 'access',
          client_id: 'console-client',
          origin_jti: `sign-in-of-${facts.username ?? 'made-up.officer'}`,
          auth_time: String(nowMs / 1000 - 60),
          scope: facts.scope ?? 'aws.cognito.signin.user.admin platekeeper/api',
          ...facts.claims,
        },
      },
      domainName: 'alpr.example.org',
      path: '/live/v1/searches',
      identity: { sourceIp: facts.address ?? '192.0.2.7', userAgent: 'made-up-agent/1' },
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

/**
 * The chain's parts in memory: people by name, devices, sessions, an audit log and findings that can be told to fail,
 * what was counted and what was reported. `clock` says what time it is.
 */
export function madeApi(
  people: readonly Person[],
  facts: { readonly devices?: readonly Device[]; readonly configuration?: Configuration } = {},
) {
  const events: AuditEvent[] = [];
  const reports: unknown[] = [];
  const figures: string[] = [];
  const audit = { isDown: false };
  const clock = { nowMs };
  const findings = { raised: [] as FindingCause[], isDown: false };
  const sessions = madeSessions();
  const registry = madeRegistry(facts.devices);
  const usedProofs = new Set<string>();
  let ids = 1;
  const deps: ApiDeps & { readonly sessions: typeof sessions } = {
    people: { find: async (username) => people.find((each) => each.username === username) },
    devices: registry,
    sessions,
    usedProofs: {
      use: async ({ deviceId, jti }) => {
        const before = usedProofs.size;
        return usedProofs.add(`${deviceId} ${jti}`).size > before ? 'first' : 'used';
      },
    },
    findingSink: {
      raise: async (cause) => {
        if (findings.isDown) throw new Error('the made-up sink is down');
        findings.raised.push(cause);
      },
    },
    rules: callRules(facts.configuration ?? madeApiConfiguration(), 'console-client,other-console-client'),
    counters: { count: (name, value) => void figures.push(`${name} ${value}`) },
    audit: {
      append: async (event) => {
        if (audit.isDown) throw new AuditUnavailable();
        events.push(event);
      },
    },
    events: {
      now: () => clock.nowMs,
      newId: () => `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}`,
    },
    report: (failure) => reports.push(failure),
  };
  return { deps, events, reports, audit, clock, findings, figures, registry, sessions };
}
