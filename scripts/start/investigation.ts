import type { FoundRead } from '../../core/contract/search';
import { isComplete } from '../../core/plate/plate';
import type { Read } from '../../core/reads/read';
import type { PlateReader } from '../../core/reads/reader';
import type { LocalSystem } from '../../local/system';
import type { Accounting } from './accounting';
import { type DayCamera, type Shot, takeWithSmartCamera } from './cameras';
import { type Verification, verifyAlert, watchAsOfficer } from './live-alert';
import { askWrongly, type Refusal } from './refusals';
import type { Staff } from './staff';

export interface Investigation {
  /** Of the vehicle; made up. */
  readonly plate: string;
  readonly alerts: number;
  /** From the photo of the second passing to the alert on the open connection, milliseconds of real time. */
  readonly alertAfterMs: number;
  readonly verification: Verification;
  readonly found: number;
  readonly foundByPattern: number;
  readonly imageBytes: number;
  readonly dispatcherNetworks: readonly string[];
  readonly refusals: readonly Refusal[];
  readonly faults: readonly string[];
}

export interface InvestigationOptions {
  readonly system: LocalSystem;
  readonly staff: Staff;
  readonly cameras: { readonly smart: DayCamera };
  readonly shots: readonly Shot[];
  readonly accounting: Accounting;
  readonly reader: PlateReader;
}

const dayMs = 86_400_000;
/** Processes start from nothing here; a warm system takes far less. */
const alertWithinMs = 60_000;

/** A detective lists a vehicle, it passes again, an officer is alerted and searches; others ask what they may not. */
export async function investigate(options: InvestigationOptions): Promise<Investigation> {
  const { system, staff, accounting } = options;
  const faults: string[] = [];
  const must = (isSo: boolean, fault: string) => {
    if (!isSo) faults.push(fault);
  };
  const seen = vehicleOfInterest(accounting, options.cameras.smart);
  const entryId = await listVehicle(system, staff, seen.plate);
  const live = await watchAsOfficer(system, staff);
  const coming = live.next(alertWithinMs);
  const passedMs = performance.now();
  const passed = passAgain(options, seen);
  const alert = await coming;
  const alertAfterMs = performance.now() - passedMs;
  await passed;
  live.close();
  const listed = await staff.officer.api('list-alerts', { query: {} });
  const alertCount = listed.kind === 'answered' ? listed.body.alerts.length : 0;
  must(alertCount === 1, `one alert was due, ${alertCount} came`);
  const verification = await verifyAlert(system, staff, alert);
  must(verification.state === 'verified', `the alert was not verified: ${verification.state}`);
  must(
    verification.disposition === 'stopped',
    `the disposition was not recorded: ${verification.disposition}`,
  );

  const found = await search(system, staff, seen.plate);
  must(found.length >= 2, `the vehicle passed twice, the search found ${found.length}`);
  const pattern = `${seen.plate.slice(0, 3)}*`;
  const byPattern = await search(system, staff, pattern);
  must(byPattern.length >= found.length, `the partial search found ${byPattern.length}`);
  const imageBytes = await fetchTwice(staff, found[0], must);
  const local = await staff.dispatcher.api('search-reads', { body: searchBody(system, seen.plate) });
  const dispatcherNetworks = local.kind === 'answered' ? local.body.networks : [];
  must(dispatcherNetworks.join() === 'bloomington,normal', 'the dispatcher’s search left the local networks');

  const refusals = [
    ...(await askWrongly(system, staff, { plate: seen.plate, entryId })),
    ...verification.refusals,
  ];
  for (const { asked, expected, clause } of refusals)
    must(clause === expected, `${asked}: refused with ${clause}, not ${expected}`);
  return {
    plate: seen.plate,
    alerts: alertCount,
    alertAfterMs,
    verification,
    found: found.length,
    foundByPattern: byPattern.length,
    imageBytes,
    dispatcherNetworks,
    refusals,
    faults,
  };
}

export function searchBody(system: LocalSystem, plate: string) {
  const now = system.clock.now();
  return {
    plate,
    from: new Date(now - 29 * dayMs).toISOString(),
    to: new Date(now).toISOString(),
    purpose: { kind: 'felony' as const },
    reason: { kind: 'case-number' as const, caseNumber: '2026-0012345' },
  };
}

function vehicleOfInterest({ arrived }: Accounting, smart: DayCamera): Read {
  const [best] = arrived
    .filter((read) => read.cameraId === smart.edge.cameraId && isComplete(read.plate))
    .sort((a, b) => b.confidence - a.confidence);
  if (best === undefined)
    throw new Error('the smart camera read no plate in full; there is nothing to investigate');
  return best;
}

async function listVehicle(system: LocalSystem, staff: Staff, plate: string): Promise<string> {
  const requested = await staff.detective.api('request-hot-list-entry', {
    body: {
      plate,
      purpose: { kind: 'felony' },
      reason: { kind: 'case-number', caseNumber: '2026-0012345' },
      concern: 'felony-vehicle',
      description: 'Silver sedan, dented left door',
      instructions: 'Do not stop alone; call for a second car.',
      cautions: ['armed'],
      suspicion: 'Seen leaving two armed robberies on Main Street, by two witnesses.',
      expiresAt: new Date(system.clock.now() + 7 * dayMs).toISOString(),
      jurisdiction: 'bloomington-pd',
    },
  });
  if (requested.kind !== 'answered')
    throw new Error(`the hot-list entry was refused: ${requested.problem.detail}`);
  const { entryId } = requested.body;
  const approved = await staff.lieutenant.api('approve-hot-list-entry', { path: { entryId } });
  if (approved.kind !== 'answered') throw new Error(`the approval was refused: ${approved.problem.detail}`);
  return entryId;
}

async function passAgain(
  { system, cameras, shots, reader }: InvestigationOptions,
  seen: Read,
): Promise<void> {
  const shot = shots.find((each) => each.capturedAtMs === seen.capturedAtMs);
  if (shot === undefined) throw new Error('the photo of the vehicle is gone');
  await takeWithSmartCamera(system, {
    camera: cameras.smart,
    shots: [{ photo: shot.photo, capturedAtMs: system.clock.now() }],
    reader,
    step: () => undefined,
  });
  await system.idle();
}

async function search(system: LocalSystem, staff: Staff, plate: string): Promise<readonly FoundRead[]> {
  const outcome = await staff.officer.api('search-reads', { body: searchBody(system, plate) });
  return outcome.kind === 'answered' ? outcome.body.results : [];
}

/** A link works once: the first fetch is a JPEG, the second is gone. */
async function fetchTwice(
  staff: Staff,
  read: FoundRead | undefined,
  must: (isSo: boolean, fault: string) => void,
): Promise<number> {
  const token = read?.images.plate.split('/').at(-1) ?? '';
  const first = await staff.officer.api('fetch-image', { path: { token } });
  const second = await staff.officer.api('fetch-image', { path: { token } });
  const bytes = first.kind === 'answered' ? first.body : new Uint8Array();
  must(bytes[0] === 0xff && bytes[1] === 0xd8, 'the image link did not answer a JPEG');
  must(second.status === 410, `the image link worked twice (${second.status})`);
  return bytes.length;
}
