import { checkFiles } from '../../core/audit/log/verifier/check-files';
import { parseLogKey } from '../../core/audit/log/verifier/open-note';
import type { LocalSystem } from '../../local/system';
import { output } from './clients';

export interface PublishedDays {
  /** Days whose checkpoint was published and proven to continue the one before. */
  readonly proven: number;
  readonly faults: readonly string[];
}

/** Checks what anybody may read, as a citizen does who has nothing else. */
export function checkPublishedDays(system: LocalSystem): PublishedDays {
  const folder = 'public/log/';
  const published = system.services.s3
    .dump(output(system, 'ReportsBucket'))
    .filter(({ kind, isCurrent, key }) => kind === 'object' && isCurrent && key.startsWith(folder))
    .map(({ key, body }) => ({ name: key.slice(folder.length), bytes: body }));
  const text = Buffer.from(published.find(({ name }) => name === 'key')?.bytes ?? '').toString();
  const key = parseLogKey(text);
  if (key === undefined) return { proven: 0, faults: ['the key of the audit log was not published'] };
  const days = published.filter(({ name }) => name.startsWith('days/'));
  const statements = checkFiles(days, key);
  const faults = statements.flatMap((each) => {
    if (each.kind === 'false') return [`published ${each.name}: ${each.finding.message}`];
    return each.kind === 'unlinked' ? [`no proof from ${each.older} to ${each.newer} events`] : [];
  });
  return { proven: faults.length === 0 ? days.length : 0, faults };
}
