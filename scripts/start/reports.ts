import type { LocalSystem } from '../../local/system';
import { output } from './clients';
import { checkPublishedDays, type PublishedDays } from './published-days';

export interface Reported {
  /** Months that were reported, `YYYY-MM`. */
  readonly months: readonly string[];
  /** Files that anybody may read. */
  readonly publicFiles: number;
  /** Files for the administrator, the Chief and the board. */
  readonly restrictedFiles: number;
  readonly log: PublishedDays;
  readonly faults: readonly string[];
}

/** What the schedule made while the days passed. */
export function findReports(system: LocalSystem): Reported {
  const keys = system.services.s3
    .dump(output(system, 'ReportsBucket'))
    .filter(({ kind, isCurrent }) => kind === 'object' && isCurrent)
    .map(({ key }) => key);
  const months = [...new Set(keys.flatMap((key) => /^made\/(\d{4}-\d{2})\//.exec(key)?.[1] ?? []))].sort();
  const log = checkPublishedDays(system);
  return {
    months,
    log,
    publicFiles: keys.filter((key) => key.startsWith('public/')).length,
    restrictedFiles: keys.filter((key) => /^made\/.*\/(restricted|board)\//.test(key)).length,
    faults: [...(months.length === 0 ? ['no month was reported in 31 days'] : []), ...log.faults],
  };
}
