import { AuditUnavailable } from '../../core/audit/unavailable';
import { type Problem, problem } from '../../core/contract/problem';

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
