import type { ScheduleExpression } from './schedule-expression';

/**
 * The same expression, which remembers its last answer: between the moment asked for and the time answered there is no
 * other, so that a clock that moves in small steps works each occasion out once.
 */
export function rememberingNext(expression: ScheduleExpression): ScheduleExpression {
  let last: { readonly afterMs: number; readonly nextMs: number | undefined } | undefined;
  return {
    next: (afterMs) => {
      const isKnown =
        last !== undefined && afterMs >= last.afterMs && (last.nextMs === undefined || afterMs < last.nextMs);
      if (last === undefined || !isKnown) last = { afterMs, nextMs: expression.next(afterMs) };
      return last.nextMs;
    },
  };
}
