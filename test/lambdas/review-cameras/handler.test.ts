import { makeHandler } from '../../../lambdas/review-cameras/handler';
import { recordedCounters } from '../recorded';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const dayMs = 86_400_000;
const enrolment = {
  network: 'bloomington',
  kind: 'mobile',
  certificateId: 'made-up',
  enrolledBy: 'made-up.administrator',
  enrolledAtMs: nowMs - 10 * dayMs,
} as const;

it('counts the cars that were silent for a day and the clocks that are off, for their alarms [Policy-E]', async () => {
  const { counters, figures } = recordedCounters();
  const enrolments = {
    list: async () => [
      { ...enrolment, cameraId: 'car-1', lastSeenMs: nowMs - 2 * dayMs, clockAheadMs: -7_000 },
      { ...enrolment, cameraId: 'car-2', lastSeenMs: nowMs - 3_600_000, clockAheadMs: 5_001 },
      { ...enrolment, cameraId: 'car-3', lastSeenMs: nowMs - 3_600_000, clockAheadMs: 200 },
    ],
  };
  const reviewed = await makeHandler({ enrolments, counters, now: () => nowMs })();
  expect(reviewed).toEqual({ silent: 1, clocksOff: 2 });
  expect(figures).toEqual(['CamerasSilent 1', 'CameraClocksOff 2']);
});
