import type { Configuration } from '../contract/configuration';
import { captureDay, dayMs } from '../retention/day';
import type { DayKeys } from '../retention/ports';
import { whileKept } from '../retention/while-kept';
import { type HashText, tracesOf, type Walk, type Walked, walkIn } from './enumeration';
import type { SearchTraces } from './ports';

export interface NoticeWalkDeps {
  readonly dayKeys: DayKeys;
  readonly traces: SearchTraces;
  readonly configuration: Configuration;
}

/** Of a UUID made under a day's key, so much tells a user's searches of one day apart. */
const hashCharacters = 12;

/**
 * Leaves the traces of a search and says whether the user's day shows a walk through the data by now. They are hashed
 * under the newest day key there is; where no day has a key, no search can find anything, and there is nothing to walk
 * through.
 */
export async function noticeWalk(
  deps: NoticeWalkDeps,
  walked: Walked & { readonly username: string },
): Promise<Walk | undefined> {
  const hash = await newestHash(deps, walked.nowMs);
  const left = hash && whileKept(() => tracesOf(walked, hash));
  if (left === undefined) return undefined;
  const { username, nowMs } = walked;
  const traces = await deps.traces.add({ username, nowMs, traces: left });
  return walkIn(traces, deps.configuration.caps.enumeration);
}

async function newestHash(
  { dayKeys, configuration }: NoticeWalkDeps,
  nowMs: number,
): Promise<HashText | undefined> {
  for (let back = 0; back <= configuration.retentionDays; back++) {
    const key = await dayKeys.forReading(captureDay(nowMs - back * dayMs));
    if (key !== undefined)
      return (text) => key.idOf(`trace|${text}`).replaceAll('-', '').slice(-hashCharacters);
  }
  return undefined;
}
