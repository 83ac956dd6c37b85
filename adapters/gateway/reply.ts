import type { APIGatewayProxyResult } from 'aws-lambda';
import type { z } from 'zod';
import type { Denial } from '../../core/access/decision';
import type { Purpose } from '../../core/access/purpose';
import type { Reason } from '../../core/access/reason';
import type { Queried } from '../../core/audit/event';
import type { OperationId, operations } from '../../core/contract/operations';
import type { FieldFault, Problem, ProblemFacts, ProblemKind } from '../../core/contract/problem';
import type { FindingCause } from '../../core/findings/finding';

type BodyOf<Id extends OperationId> = (typeof operations)[Id]['response']['body'];

/** What a refusal adds to its audit event. */
export interface RefusedUse {
  readonly queried?: Queried;
  readonly purpose?: Purpose;
  readonly reason?: Reason;
}

/** What a handler answers. Refusals and problems are told to the caller by the chain; refusals are audited there. */
export type Reply<Id extends OperationId> =
  | {
      readonly kind: 'answer';
      readonly body: BodyOf<Id> extends z.ZodType ? z.output<BodyOf<Id>> : Uint8Array;
    }
  | {
      readonly kind: 'refused';
      readonly denial: Pick<Denial, 'clause' | 'message' | 'remedy'> & Partial<Denial>;
      readonly use?: RefusedUse;
      readonly as?: ProblemKind;
      readonly fields?: readonly FieldFault[];
      /** What is found amiss beside it; each rests on the refusal's event. */
      readonly findings?: readonly Omit<FindingCause, 'eventIds'>[];
    }
  | { readonly kind: 'problem'; readonly problem: ProblemKind; readonly facts: ProblemFacts };

/** On every reply: nothing is kept, framed, sniffed or referred to. */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
} as const;

export function jsonResult(statusCode: number, body: unknown): APIGatewayProxyResult {
  return {
    statusCode,
    headers: { ...securityHeaders, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  };
}

export function jpegResult(statusCode: number, jpeg: Uint8Array): APIGatewayProxyResult {
  return {
    statusCode,
    headers: { ...securityHeaders, 'content-type': 'image/jpeg' },
    body: Buffer.from(jpeg).toString('base64'),
    isBase64Encoded: true,
  };
}

export function problemResult(problem: Problem): APIGatewayProxyResult {
  return {
    statusCode: problem.status,
    headers: { ...securityHeaders, 'content-type': 'application/problem+json' },
    body: JSON.stringify(problem),
  };
}
