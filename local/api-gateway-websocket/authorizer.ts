import { z } from 'zod';
import { evaluate } from '../iam/evaluate';
import { parsePolicyDocument } from '../iam/policy-document';
import type { Opening } from './events';

/** A connection that does not come about, with the status of the HTTP answer. */
export class ConnectionRefused extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
    this.name = 'ConnectionRefused';
  }
}

const answer = z.object({
  principalId: z.string(),
  policyDocument: z.unknown(),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});

/** As in AWS: a request that lacks an identity source is refused before the authorizer is asked. */
export function requireIdentity(opening: Opening, sources: readonly string[]): void {
  for (const source of sources) {
    const [, place, name = ''] = /^route\.request\.(header|querystring)\.(.+)$/.exec(source) ?? [];
    const value =
      place === 'header'
        ? opening.headers.find(([header]) => header.toLowerCase() === name.toLowerCase())?.[1]
        : opening.query.get(name);
    if (!value) throw new ConnectionRefused(401, 'Unauthorized');
  }
}

/**
 * What later events say of the caller, if the authorizer's policy allows the connection; throws `ConnectionRefused` 403
 * where it does not, and 500 where the answer is none.
 */
export function admitted(
  payload: unknown,
  { methodArn, accountId }: { readonly methodArn: string; readonly accountId: string },
): Readonly<Record<string, unknown>> {
  const parsed = answer.safeParse(payload);
  if (!parsed.success) throw new ConnectionRefused(500, 'Internal server error');
  const { principalId, policyDocument, context } = parsed.data;
  const decision = evaluate(
    {
      action: 'execute-api:Invoke',
      resource: methodArn,
      accountId,
      // The policy speaks of this caller alone, so who it is does not matter.
      principal: { kind: 'role', roleArn: '', sessionArn: '' },
      context: new Map(),
    },
    {
      identity: [parsePolicyDocument(policyDocument, 'the policy of the authorizer')],
      resource: undefined,
      isResourcePolicyRequired: false,
    },
  );
  if (decision.kind !== 'allowed') throw new ConnectionRefused(403, 'Forbidden');
  return { principalId, ...context };
}
