import fc from 'fast-check';
import { rememberingNext } from '../../../local/scheduler/remembered-next';
import { parseScheduleExpression } from '../../../local/scheduler/schedule-expression';

const startMs = Date.parse('2026-03-01T00:00:30Z');
const hourMs = 3_600_000;

it('answers as the expression itself at every moment, in whatever order it is asked', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('rate(5 minutes)', 'rate(1 hour)', 'cron(0 8 * * ? *)', 'at(2026-03-05T07:08:09)'),
      fc.array(fc.integer({ min: 0, max: 120 * hourMs }), { minLength: 2, maxLength: 12 }),
      (text, offsets) => {
        const plain = parseScheduleExpression(text, { timeZone: 'America/Chicago', startMs });
        const remembering = rememberingNext(plain);
        const moments = offsets.map((offset) => startMs + offset);
        expect(moments.map((moment) => remembering.next(moment))).toEqual(
          moments.map((moment) => plain.next(moment)),
        );
      },
    ),
    { numRuns: 60 },
  );
});

it('works each occasion out once while the clock moves up to it', () => {
  const asked: number[] = [];
  const hourly = rememberingNext({
    next: (afterMs) => {
      asked.push(afterMs);
      return (Math.floor(afterMs / hourMs) + 1) * hourMs;
    },
  });
  expect([0, 1_000, 3_599_999, 3_600_000, 3_700_000].map((moment) => hourly.next(moment))).toEqual([
    3_600_000, 3_600_000, 3_600_000, 7_200_000, 7_200_000,
  ]);
  expect(asked).toEqual([0, 3_600_000]);
});
