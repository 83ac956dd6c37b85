import { clocksOff } from '../../../core/cameras/clock';
import type { Enrolment } from '../../../core/cameras/ports';

const enrolment = {
  network: 'bloomington',
  certificateId: 'made-up',
  enrolledBy: 'made-up.administrator',
  enrolledAtMs: 1_000,
} as const;

const camera = (kind: Enrolment['kind'], clockAheadMs?: number, retiredAtMs?: number): Enrolment => ({
  ...enrolment,
  kind,
  cameraId: `${kind}-${clockAheadMs}`,
  ...(clockAheadMs === undefined ? {} : { clockAheadMs }),
  ...(retiredAtMs === undefined ? {} : { retiredAtMs }),
});

it.each([
  ['fixed', 1000, []],
  ['fixed', 1001, ['fixed-1001']],
  ['fixed', -1001, ['fixed--1001']],
  ['mobile', 5000, []],
  ['mobile', -5000, []],
  ['mobile', 5001, ['mobile-5001']],
] as const)(
  'finds the clock of a %s camera that is %d ms ahead only beyond what it may be',
  (kind, ahead, found) => {
    expect(clocksOff([camera(kind, ahead)]).map(({ cameraId }) => cameraId)).toEqual(found);
  },
);

it('names the worst first, and neither retired cameras nor those that say nothing of their clock', () => {
  const cameras = [
    camera('fixed', 2000),
    camera('mobile', -9000),
    camera('fixed', 60_000, 5),
    camera('fixed'),
  ];
  expect(clocksOff(cameras).map(({ cameraId }) => cameraId)).toEqual(['mobile--9000', 'fixed-2000']);
});
