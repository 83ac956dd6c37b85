import type { Denial } from '../../core/access/decision';
import type { OperationId } from '../../core/contract/operations';
import type { RefusedUse, Reply } from './reply';

/** What the life cycle of a thing refuses, after no policy rule did. */
export interface LifeCycleRefusal {
  readonly kind: 'refused';
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
  /** `state`: the same would have been good at another time. */
  readonly because: string;
}

/**
 * The reply to a change that was refused: by the policy's rules, or by the life cycle, which then stands as `rule` in the
 * audit log. What hangs on the moment alone is a conflict.
 */
export function refusalReply(
  denial: Denial | LifeCycleRefusal,
  rule: string,
  use?: RefusedUse,
): Extract<Reply<OperationId>, { kind: 'refused' }> {
  const known = use === undefined ? {} : { use };
  if (denial.kind === 'deny') return { kind: 'refused', denial, ...known };
  const { clause, message, remedy, because } = denial;
  return {
    kind: 'refused',
    denial: { clause, message, remedy, rules: [rule] },
    ...known,
    ...(because === 'state' ? { as: 'conflict' as const } : {}),
  };
}
