import { priorityOf, seenFrom, withSighting } from '../../../core/alerts/alert-record';
import { madeAlert, madeRecord, madeSighting, madeVehicle } from './made-alert';

const normal = { network: 'normal' };
const record = madeRecord({ trail: [madeSighting(1, normal), madeSighting(2), madeSighting(3, normal)] });

describe('an alert seen from some networks', () => {
  it('shows no read of another network [Access-D]', () => {
    const seen = seenFrom(record, ['bloomington']);
    expect(seen?.alert).toEqual(record.alert);
    expect(seen?.trail).toEqual([madeSighting(2)]);
  });

  it('is led by the first read in scope, under the same id, where the first of all is not [Access-D]', () => {
    const seen = seenFrom(record, ['normal']);
    expect(seen?.alert).toEqual({
      ...record.alert,
      readId: madeSighting(1).readId,
      cameraId: 'fixed-1',
      network: 'normal',
      capturedAtMs: Date.parse('2026-11-02T12:01:00Z'),
    });
    expect(seen?.trail).toEqual([madeSighting(3, normal)]);
  });

  it('is not there where no read is in scope [Access-D]', () => {
    expect(seenFrom(record, ['peoria'])).toBeUndefined();
    expect(seenFrom(record, [])).toBeUndefined();
  });
});

it('keeps its trail in the order of capture, however reads arrive', () => {
  const late = withSighting(madeRecord({ trail: [madeSighting(3), madeSighting(5)] }), madeSighting(4));
  expect(late.trail).toEqual([madeSighting(3), madeSighting(4), madeSighting(5)]);
});

it('with a caution cannot be muted', () => {
  expect(priorityOf(madeAlert())).toBe('ordinary');
  expect(priorityOf(madeAlert(1, { vehicle: madeVehicle({ cautions: ['armed'] }) }))).toBe('caution');
});
