import { z } from 'zod';

/** One field of a request and what to do about it. Never repeats what was sent: that may be a plate. */
export const fieldFault = z.strictObject({
  field: z.string(),
  message: z.string(),
  clause: z.string().optional(),
});

/** Problem details (RFC 9457) with what a refused user needs: the SOP clause, and what can be done. */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  detail: z.string(),
  /** The SOP clause that refuses, for example `Access-E`. */
  clause: z.string().optional(),
  remedy: z.string().optional(),
  /** Id of this occurrence, found again in the function's log and the audit log. */
  instance: z.string(),
  fields: z.array(fieldFault).optional(),
});

export type FieldFault = z.output<typeof fieldFault>;
export type Problem = z.output<typeof problemSchema>;

/** The kinds of problem that the API answers with: status and title of each. */
export const problemKinds = {
  'request-invalid': { status: 400, title: 'The request cannot be used' },
  'sign-in-needed': { status: 401, title: 'Sign in again' },
  'policy-refusal': { status: 403, title: 'The policy does not allow this' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'not-acceptable': { status: 406, title: 'The answer is not of a type that the request accepts' },
  conflict: { status: 409, title: 'It is no longer in a state that allows this' },
  gone: { status: 410, title: 'This link has been used or has run out' },
  'cap-reached': { status: 429, title: 'The cap is reached' },
  'internal-error': { status: 500, title: 'Something failed' },
  'audit-unavailable': { status: 503, title: 'Nothing is answered without an audit record' },
} as const;

export type ProblemKind = keyof typeof problemKinds;

/** What a problem says beyond its kind. */
export interface ProblemFacts {
  readonly detail: string;
  readonly clause?: string;
  readonly remedy?: string;
  readonly fields?: readonly FieldFault[];
}

export function problem(kind: ProblemKind, facts: ProblemFacts, requestId: string): Problem {
  const { status, title } = problemKinds[kind];
  return {
    type: `urn:platekeeper:problem:${kind}`,
    title,
    status,
    detail: facts.detail,
    ...(facts.clause === undefined ? {} : { clause: facts.clause }),
    ...(facts.remedy === undefined ? {} : { remedy: facts.remedy }),
    instance: `urn:uuid:${requestId}`,
    ...(facts.fields === undefined ? {} : { fields: [...facts.fields] }),
  };
}
