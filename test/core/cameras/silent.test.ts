import type { Enrolment } from '../../../core/cameras/ports';
import { silentCameras } from '../../../core/cameras/silent';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const hourMs = 3_600_000;

it('lists the cars and cameras of a silent day, the longest silent first, retired ones not [Policy-E]', () => {
  const silent = silentCameras(
    [
      made('quiet', { lastSeenMs: nowMs - 24 * hourMs }),
      made('busy', { lastSeenMs: nowMs - 24 * hourMs + 1 }),
      made('never-heard', {}),
      made('just-enrolled', { enrolledAtMs: nowMs - hourMs }),
      made('retired', { retiredAtMs: nowMs - 48 * hourMs }),
    ],
    nowMs,
  );
  expect(silent.map(({ cameraId }) => cameraId)).toEqual(['never-heard', 'quiet']);
});

function made(cameraId: string, facts: Partial<Enrolment>): Enrolment {
  return {
    cameraId,
    network: 'bloomington',
    kind: 'mobile',
    certificateId: 'made-up',
    enrolledBy: 'made-up.administrator',
    enrolledAtMs: nowMs - 72 * hourMs,
    ...facts,
  };
}
