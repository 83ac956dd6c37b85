import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalSystem } from '../../local/system';
import type { Progress } from './progress';

const lookAgainMs = 100;

/** A function that was refused lacks a grant. The operator is refused on purpose: see the forgetting. */
export function refusedCalls({ services }: LocalSystem): readonly string[] {
  const { operatorRoleArn, refusals } = services.iam;
  const messages = refusals.filter((each) => each.roleArn !== operatorRoleArn).map((each) => each.message);
  return [...new Set(messages)];
}

/** As `progress`; a stage that is reached after a function was refused fails the day there, and names the call. */
export function stoppingAtRefusals(progress: Progress, system: LocalSystem): Progress {
  return {
    ...progress,
    stage: (text) => {
      failWhenRefused(system);
      progress.stage(text);
    },
  };
}

/** As `system.idle()`, but throws as soon as a function is refused: its retries would go on for long and change nothing. */
export async function idleUnlessRefused(system: LocalSystem): Promise<void> {
  let isOver = false;
  const refusal = async () => {
    for (; !isOver; await sleep(lookAgainMs)) failWhenRefused(system);
  };
  try {
    await Promise.race([system.idle(), refusal()]);
  } finally {
    isOver = true;
  }
}

function failWhenRefused(system: LocalSystem): void {
  const refused = refusedCalls(system);
  if (refused.length > 0) throw new Error(refused.join('\n'));
}
