import { AuditUnavailable } from '../../core/audit/unavailable';
import { type Problem, problem } from '../../core/contract/problem';

/** The part of the logger that is used; nothing of a request or a row is ever handed to it. */
export interface FailureLog {
  error(message: string, fields: Record<string, unknown>): void;
}

/** What a failure says about itself without repeating data: names, codes and places, never messages. */
export function failureFacts(error: unknown): Record<string, unknown> {
  const facts: Record<string, unknown>[] = [];
  for (let at: unknown = error; at instanceof Error && facts.length < 4; at = at.cause)
    facts.push({
      name: at.name,
      ...('code' in at && typeof at.code === 'string' ? { code: at.code } : {}),
      frames: (at.stack ?? '')
        .split('\n')
        .filter((line) => /^\s+at /.test(line))
        .slice(0, 8),
    });
  return { failure: facts };
}

/** The problem that a failure is answered with: no details, an id that the log shares. */
export function problemOfFailure(error: unknown, requestId: string): Problem {
  if (error instanceof AuditUnavailable)
    return problem(
      'audit-unavailable',
      {
        detail: 'The audit log did not confirm its record, so nothing was answered.',
        remedy: 'Try again in a minute.',
      },
      requestId,
    );
  return problem(
    'internal-error',
    {
      detail: 'The request failed for a reason that is not yours.',
      remedy: 'Try again; if it fails again, report this id.',
    },
    requestId,
  );
}
