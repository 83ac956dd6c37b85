import { judgeReading, type Suppression, suppressionOf } from '../../../core/alerts/suppression';
import { matchGrades } from '../../../core/hot-list/grade';
import { madePlate } from '../plate/made-plate';
import { madeAlert, madeEntryId, madeRejected, madeVerified } from './made-alert';

const plate = madePlate('TEST12B');
const rejected: Suppression = {
  entryId: madeEntryId,
  alertId: '00000000-0000-8000-8000-000000000001',
  plate,
  issuingState: 'IL',
  grade: 'look-alike',
  rejection: 'misread',
};
const reading = { plate, state: 'IL', grade: 'look-alike' } as const;
const alert = madeAlert(1, { plate, grade: 'look-alike' });

describe('a rejection', () => {
  it.each(['misread', 'wrong-state', 'other-vehicle'] as const)(
    'as %s keeps the reading that was rejected [Policy-G]',
    (rejection) => {
      expect(suppressionOf({ alert }, madeRejected({ rejection }))).toEqual({
        ...rejected,
        alertId: alert.alertId,
        rejection,
      });
    },
  );

  it('for a stale entry keeps none, and a verification keeps none', () => {
    expect(suppressionOf({ alert }, madeRejected({ rejection: 'stale-entry' }))).toBeUndefined();
    expect(suppressionOf({ alert }, madeVerified())).toBeUndefined();
  });
});

describe('a reading', () => {
  it('that was rejected before is suppressed, and says by which alert', () => {
    expect(judgeReading([rejected], reading)).toEqual({ misreadsBefore: 1, because: rejected.alertId });
  });

  it.each([
    ['of other characters', { ...reading, plate: madePlate('TEST128') }],
    ['of another state', { ...reading, state: 'WI' }],
    ['whose state was not told', { plate, grade: 'look-alike' as const }],
  ])('%s is not: the vehicle may be another one', (_, other) => {
    expect(judgeReading([rejected], other)).toEqual({ misreadsBefore: 1 });
  });

  it.each(matchGrades)('of the listed plate never is, and never makes another so (%s)', (grade) => {
    const isListed = grade === 'exact' || grade === 'exact-state-unknown';
    expect(judgeReading([rejected], { ...reading, grade }).because === undefined).toBe(isListed);
    expect(judgeReading([{ ...rejected, grade }], reading).because === undefined).toBe(isListed);
  });

  it('is told how often the entry was misread, and by misreads alone', () => {
    const others = [
      rejected,
      { ...rejected, grade: 'exact' },
      { ...rejected, rejection: 'other-vehicle' },
    ] as const;
    expect(judgeReading(others, { ...reading, grade: 'exact' }).misreadsBefore).toBe(2);
    expect(judgeReading([], reading)).toEqual({ misreadsBefore: 0 });
  });
});
