import type { KnownEvents } from '../../adapters/reports/known-events';
import { newEvent } from '../../core/audit/event';
import type { OnceAuditLog } from '../../core/audit/ports';
import type { Configuration } from '../../core/contract/configuration';
import { settingsDaysBefore, settingsNoted, settingsPlace } from '../../core/reports/settings';
import { captureDay } from '../../core/retention/day';

export interface NoteSettingsDeps {
  readonly configuration: Configuration;
  readonly known: Pick<KnownEvents, 'find'>;
  readonly onceAudit: OnceAuditLog;
  readonly now: () => number;
}

/** Notes in the log, once a day, which settings are in force and which of them were changed. */
export async function noteSettings(deps: NoteSettingsDeps): Promise<void> {
  const day = captureDay(deps.now());
  const place = settingsPlace(day);
  if ((await deps.known.find(place)) !== undefined) return;
  const noted = settingsNoted(deps.configuration, day, await partsBefore(deps, day));
  const stamp = { now: () => place.atMs, newId: () => place.eventId };
  await deps.onceAudit.appendOnce(newEvent(stamp, noted));
}

async function partsBefore({ known }: NoteSettingsDeps, day: ReturnType<typeof captureDay>) {
  for (const each of settingsDaysBefore(day)) {
    const found = await known.find(settingsPlace(each));
    if (found?.kind === 'settings-noted') return found.parts;
  }
  return undefined;
}
