import type { Configuration } from '../../core/contract/configuration';
import type { PlateReader } from '../../core/reads/reader';
import type { LocalSystem } from '../../local/system';
import { createOnnxReader } from '../../reader/onnx/onnx-reader';
import type { Score } from '../score/score-sightings';
import { type Accounting, account, scoreOfReader, scoreOfReads } from './accounting';
import type { StartArguments } from './arguments';
import {
  type DayCamera,
  removeCameras,
  type Shot,
  takeWithFixedCamera,
  takeWithSmartCamera,
} from './cameras';
import type { Clients } from './clients';
import { type Discipline, showDiscipline } from './discipline';
import { enrolCameras } from './enrolment';
import { type Evidence, showEvidence } from './evidence';
import { type Forgetting, forgetEverything } from './forgetting';
import { idleUnlessRefused, refusedCalls, stoppingAtRefusals } from './grants';
import { type Impostors, sendImpostors } from './impostors';
import { type Investigation, investigate } from './investigation';
import { drawnCount, drawnPhotos, type Photo, type Photos } from './photos';
import type { Progress } from './progress';
import { type CheckedAuditLog, checkAuditLog } from './sealed-log';
import { type Searching, showSearching } from './searching';
import { type Sharing, showSharing } from './sharing';
import { hireStaff, type Staff } from './staff';
import { type Streamed, streamVideo } from './video';

export interface DayOptions {
  readonly system: LocalSystem;
  readonly operator: Clients;
  readonly configuration: Configuration;
  readonly progress: Progress;
  readonly args: StartArguments;
  /** Instead of photos that are drawn here. */
  readonly given?: Photos;
}

/** All that happened, for the summary. */
export interface Day {
  readonly staff: Staff;
  readonly accounting: Accounting;
  /** Of labelled photos: the reader by itself, and the reads that came through the system. */
  readonly scores?: { readonly reader: Score; readonly reads: Score };
  readonly impostors: Impostors;
  readonly investigation: Investigation;
  readonly evidence: Evidence;
  readonly searching: Searching;
  readonly discipline: Discipline;
  readonly sharing: Sharing;
  /** Absent with `--serve`: the system goes on, and so do its reads. */
  readonly forgetting?: Forgetting;
  readonly auditEvents: number;
  readonly auditLog: CheckedAuditLog;
  readonly streamed: Streamed;
  /** What did not go as it must; empty on a good day. */
  readonly faults: readonly string[];
}

/** A read from before its site was approved would be quarantined, so the photos are of the time after. */
const settleMs = 600_000;

/** What happened before is sealed within two minutes. */
const sealWithinMs = 130_000;
/** The partial-plate index waits at most a minute for a fuller batch. */
const indexWithinMs = 61_000;
/** Virtual time that the day leaps over, its thirty-one days apart. */
export const skippedMs = settleMs + indexWithinMs + sealWithinMs;

/** Cameras, reads, an alert, searches, refusals, and thirty-one days. Throws where a function lacks a grant, and names it. */
export async function liveOneDay(given: DayOptions): Promise<Day> {
  const options = { ...given, progress: stoppingAtRefusals(given.progress, given.system) };
  const { system, operator, configuration, progress, args } = options;
  const staff = await hireStaff({ system, operator, configuration });
  progress.stage(
    `Enrolled and trained ${Object.keys(staff).length} people; each signed in with a new password and an authenticator`,
  );
  const cameras = await enrolCameras(system, staff);
  progress.stage('Enrolled a smart and a fixed camera: CIAU proposed their sites, the Chief approved them');
  await system.advance(settleMs);
  try {
    const photos = await takePhotos(options);
    const reader = await createOnnxReader({ threads: 1 });
    const { shots, unreadable } = await shoot(options, cameras, { photos: photos.photos, reader });
    const accounting = await account(system, cameras, shots, unreadable);
    progress.stage(`${accounting.photos} photos: ${accounting.reads} reads stored`);

    const scores = await score(options, photos, { shots, accounting, reader });

    const streamed = await streamVideo(
      system,
      cameras.fixed,
      args.videoFile === undefined ? {} : { path: args.videoFile },
    );
    progress.stage(
      `The fixed camera streamed video: ${streamed.sampled} frames sampled, ${streamed.reads} reads`,
    );

    const impostors = await sendImpostors(system, staff, cameras.smart);
    progress.stage(`Quarantined: ${Object.keys(impostors.quarantined).join(', ')}`);

    const investigation = await investigate({ system, staff, cameras, shots, accounting, reader });
    progress.stage(`Alert raised and searched; ${investigation.refusals.length} refusals named their clause`);

    const evidence = await showEvidence({ system, operator, staff, accounting });
    progress.stage('A read taken as evidence, verified offline and released to a court');
    const placed = [cameras.smart, cameras.fixed].map(({ edge }) => ({
      network: edge.network,
      cameraId: edge.cameraId,
    }));
    const searching = await showSearching(system, staff, placed);
    progress.stage(`Searched by place in ${searching.pages} pages; a walk from plate to plate was stopped`);

    const discipline = await showDiscipline(system, operator, staff);
    progress.stage(
      `Suspended somebody: refused on the next call, connection closed in ${(discipline.closedAfterMs / 1000).toFixed(1)} s`,
    );

    const sharing = await showSharing(system, staff, investigation.plate);
    progress.stage(
      `Shared with an agency and ended it; answered an outside request, referred to ${sharing.referredTo.join(', ')}`,
    );

    const auditEvents = await countAuditEvents(system);
    await system.advance(sealWithinMs);
    const auditLog = await checkAuditLog(system, operator, configuration.auditLog.origin);
    progress.stage(`Checked the sealed audit log: ${auditLog.events} events`);
    const forgetting = args.isServing
      ? undefined
      : await forgetEverything(options, staff, { accounting, evidence });
    if (forgetting) progress.stage('31 days passed');
    return {
      staff,
      accounting,
      ...(scores ? { scores } : {}),
      impostors,
      investigation,
      evidence,
      searching,
      discipline,
      sharing,
      ...(forgetting ? { forgetting } : {}),
      auditEvents,
      auditLog,
      streamed,
      faults: [
        ...accounting.faults,
        ...streamed.faults,
        ...impostors.faults,
        ...investigation.faults,
        ...evidence.faults,
        ...searching.faults,
        ...discipline.faults,
        ...sharing.faults,
        ...auditLog.faults,
        ...(forgetting?.faults ?? []),
        ...refusedCalls(system),
      ],
    };
  } catch (cause) {
    // What broke may be the consequence of a grant that is missing; then that is what has to be known.
    const refused = refusedCalls(system);
    throw refused.length === 0 ? cause : new Error(refused.join('\n'), { cause });
  } finally {
    await removeCameras([cameras.smart, cameras.fixed]);
  }
}

async function takePhotos({ progress, given }: DayOptions): Promise<Photos> {
  if (given !== undefined) return given;
  const bar = progress.bar('Drawing photos', drawnCount);
  const photos = await drawnPhotos(bar.step);
  bar.done();
  progress.stage(`Drew ${drawnCount} photos with made-up plates`);
  return photos;
}

/** Every second photo is the smart camera's, the others the fixed one's. */
async function shoot(
  { system, progress }: DayOptions,
  cameras: { readonly smart: DayCamera; readonly fixed: DayCamera },
  { photos, reader }: { readonly photos: readonly Photo[]; readonly reader: PlateReader },
): Promise<{ shots: readonly Shot[]; unreadable: number }> {
  const startMs = system.clock.now() - photos.length * 2000;
  const shots = photos.map((photo, index) => ({ photo, capturedAtMs: startMs + index * 2000 }));
  const fixed = shots.filter((_, index) => index % 2 === 1);
  const smart = shots.filter((_, index) => index % 2 === 0);
  await takeWithFixedCamera(system, { camera: cameras.fixed, shots: fixed, step: () => undefined });
  progress.stage(`The fixed camera uploaded ${fixed.length} frames; detect-plates is reading them`);

  const bar = progress.bar('The smart camera reads and signs', smart.length);
  const { unreadable } = await takeWithSmartCamera(system, {
    camera: cameras.smart,
    shots: smart,
    reader,
    step: bar.step,
  });
  bar.done();
  progress.stage(`The smart camera read ${smart.length} photos and sent signed envelopes`);
  await idleUnlessRefused(system);
  await system.advance(indexWithinMs);
  await idleUnlessRefused(system);
  return { shots, unreadable };
}

/** The reader reads every labelled photo once more, by itself, so that what it abstained from counts as well. */
async function score(
  { progress, args }: DayOptions,
  { labels }: Photos,
  taken: { readonly shots: readonly Shot[]; readonly accounting: Accounting; readonly reader: PlateReader },
): Promise<Day['scores']> {
  if (labels === undefined || args.imagesFolder === undefined) return undefined;
  const { shots, accounting } = taken;
  const bar = progress.bar('Scoring the reader', shots.length);
  const reader = await scoreOfReader(labels, shots, taken.reader, bar.step);
  bar.done();
  progress.stage(`Scored the reader on ${labels.length} labelled photos`);
  return { reader, reads: scoreOfReads(labels, shots, accounting) };
}

async function countAuditEvents(system: LocalSystem): Promise<number> {
  const table = system.outputs.AuditEventsTable;
  return table === undefined ? 0 : (await system.services.dynamodb.dump(table)).length;
}
