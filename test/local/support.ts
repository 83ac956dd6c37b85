import type { ApiCall, Authorize, Caller, CredentialSource } from '../../local/aws/caller';
import { AwsError } from '../../local/aws/errors';
import type { Clock } from '../../local/clock';

export const region = 'us-east-2';
export const accountId = '000000000000';

const caller: Caller = {
  accessKeyId: 'AKIDTESTTESTTESTTEST',
  roleArn: `arn:aws:iam::${accountId}:role/test-role`,
};
const secretAccessKey = 'test-secret';

/** One key that every service under test knows, as the services see it (`source`) and as clients use it (`keys`). */
export const testCredentials: {
  readonly caller: Caller;
  readonly source: CredentialSource;
  readonly keys: { readonly accessKeyId: string; readonly secretAccessKey: string };
} = {
  caller,
  source: { find: (id) => (id === caller.accessKeyId ? { secretAccessKey, caller } : undefined) },
  keys: { accessKeyId: caller.accessKeyId, secretAccessKey },
};

export interface RecordingAuthorizer {
  readonly authorize: Authorize;
  /** Every call asked for, in order. */
  readonly calls: ApiCall[];
  /** From now on `action` is refused (`*`: every action). */
  refuse(action: string): void;
}

/** Allows everything until told otherwise, and keeps what was asked. */
export function recordingAuthorizer(): RecordingAuthorizer {
  const calls: ApiCall[] = [];
  const refused = new Set<string>();
  return {
    calls,
    refuse: (action) => void refused.add(action),
    authorize: (call) => {
      calls.push(call);
      if (refused.has(call.action) || refused.has('*')) {
        throw new AwsError(
          'AccessDeniedException',
          `User: ${call.caller.roleArn} is not authorized to perform: ${call.action} on resource: ${call.resource}`,
        );
      }
    },
  };
}

export interface SettableClock extends Clock {
  set(ms: number): void;
  advance(ms: number): void;
}

/** Stands still until moved. Starts now by default, so that SDK clients (which sign by the real clock) agree with it. */
export function fixedClock(startMs: number = Date.now()): SettableClock {
  let nowMs = startMs;
  return {
    now: () => nowMs,
    set: (ms) => {
      nowMs = ms;
    },
    advance: (ms) => {
      nowMs += ms;
    },
  };
}

/**
 * For `new SomeClient(clientConfig(url))`. One retry, so that a client corrects its clock from the service's `Date`
 * after the test moved it.
 */
export const clientConfig = (url: string) => ({
  endpoint: url,
  region,
  credentials: testCredentials.keys,
  maxAttempts: 2,
});
