import type { Read } from '../../core/reads/read';
import { type PlateReader, UnreadableImage } from '../../core/reads/reader';
import type { LocalSystem } from '../../local/system';
import { type Label, type PhotoSightings, type Score, scoreSightings } from '../score/score-sightings';
import { readsOnStreams } from './arrivals';
import type { DayCamera, Shot } from './cameras';
import { physicalName } from './resources';

/** What became of each photo: every one ends in exactly one of the three ways. */
export interface Accounting {
  readonly photos: number;
  /** Photos with at least one stored read. */
  readonly withReads: number;
  /** Photos in which no plate was read well enough to be believed. */
  readonly abstained: number;
  /** Photos that could not be looked at, now in quarantine. */
  readonly quarantined: number;
  /** Files that the smart camera could not open as pictures; it sends nothing of them. */
  readonly unreadable: number;
  /** Rows in the reads table. */
  readonly reads: number;
  readonly smartReads: number;
  readonly fixedReads: number;
  readonly arrived: readonly Read[];
  readonly faults: readonly string[];
}

/** Counts from the stores, not from what the senders believe. */
export async function account(
  system: LocalSystem,
  cameras: { readonly smart: DayCamera; readonly fixed: DayCamera },
  shots: readonly Shot[],
  unreadable: number,
): Promise<Accounting> {
  const { dynamodb, s3, sqs } = system.services;
  const arrived = readsOnStreams(system);
  const stored = (await dynamodb.dump(physicalName(system, 'Reads'))).length;
  const refused = await dynamodb.dump(physicalName(system, 'Quarantine'));
  const timesRead = new Set(arrived.map((read) => read.capturedAtMs));
  const withReads = shots.filter((shot) => timesRead.has(shot.capturedAtMs)).length;
  const quarantined = refused.length;
  const framesLeft = s3
    .dump(system.outputs.FramesBucket ?? '')
    .filter((each) => each.kind === 'object').length;
  const unread = sqs.queues().reduce((sum, queue) => sum + sqs.dump(queue.arn).length, 0);
  const faults: string[] = [];
  if (stored !== arrived.length) faults.push(`${arrived.length} reads arrived, ${stored} are stored`);
  if (framesLeft > 0) faults.push(`${framesLeft} frames were not deleted after reading`);
  if (unread > 0) faults.push(`${unread} frames wait unread`);
  return {
    photos: shots.length,
    withReads,
    abstained: shots.length - withReads - quarantined - unreadable,
    quarantined,
    unreadable,
    reads: stored,
    smartReads: arrived.filter((read) => read.cameraId === cameras.smart.edge.cameraId).length,
    fixedReads: arrived.filter((read) => read.cameraId === cameras.fixed.edge.cameraId).length,
    arrived,
    faults,
  };
}

/** The score of the reads that came through the system; a photo without one counts as missed. */
export function scoreOfReads(
  labels: readonly Label[],
  shots: readonly Shot[],
  { arrived }: Accounting,
): Score {
  const byName = new Map<string, PhotoSightings>();
  for (const { photo, capturedAtMs } of shots) {
    const reads = arrived.filter((read) => read.capturedAtMs === capturedAtMs);
    byName.set(photo.name, {
      sightings: reads.map(({ plate, candidates, confidence, box }) => ({
        plate,
        candidates,
        confidence,
        box,
        outcome: 'accepted' as const,
      })),
    });
  }
  return scoreSightings(labels, byName);
}

/** The score of the reader by itself, abstentions included. */
export async function scoreOfReader(
  labels: readonly Label[],
  shots: readonly Shot[],
  reader: PlateReader,
  step: () => void,
): Promise<Score> {
  const byName = new Map<string, PhotoSightings>();
  for (const { photo } of shots) {
    const image = await photo.load();
    const startedMs = performance.now();
    const sightings = await reader.read(image).catch((error: unknown) => {
      if (error instanceof UnreadableImage) return [];
      throw error;
    });
    byName.set(photo.name, { sightings, ms: performance.now() - startedMs });
    step();
  }
  return scoreSightings(labels, byName);
}
