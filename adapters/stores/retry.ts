import { setTimeout as sleep } from 'node:timers/promises';

/** Waits before the n-th repetition (1, 2, …) of what a store left undone: 50 ms doubled, 1 s at most, with jitter. */
export async function backOff(repetition: number): Promise<void> {
  const ceilingMs = Math.min(1000, 50 * 2 ** (repetition - 1));
  await sleep(ceilingMs / 2 + Math.random() * (ceilingMs / 2));
}
