import fc from 'fast-check';
import type { AlertRecord, RecordedNotification, Verification } from '../../../core/alerts/alert-record';
import { disposeAlert, isEnforcement } from '../../../core/alerts/disposition';
import { type DispositionRequest, dispositions } from '../../../core/contract/verification';
import { concerns } from '../../../core/hot-list/listed-vehicle';
import { isInside } from '../../../core/sharing/geofence';
import { madeAlert, madeRecord, madeRejected, madeStolen, madeVerified } from './made-alert';
import { inBoth, inNone, inNormal, madeNeighbours } from './made-neighbours';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const suspicion = 'The driver matches the description of the suspect.';
const at = '2026-11-24T12:00:30Z';
const atMs = Date.parse(at);
const enforcing = dispositions.filter(isEnforcement);

const recordOf = (verification?: Verification) => madeRecord(verification ? { verification } : {});
const dispose = (record: AlertRecord, request: Partial<DispositionRequest> = {}, laterMs = 60_000) =>
  disposeAlert(
    record,
    { kind: 'stopped', at, suspicion, ...request },
    { username: 'made-up.officer', nowMs: nowMs + laterMs, neighbours: madeNeighbours },
  );

describe('a disposition', () => {
  it('of enforcement stands on a verified alert, with what was done [Policy-G]', () => {
    expect(dispose(recordOf(madeVerified()), { action: 'Driver identified and released' })).toEqual({
      kind: 'disposed',
      disposition: {
        kind: 'stopped',
        atMs,
        suspicion: 'The driver matches the description of the suspect.',
        action: 'Driver identified and released',
        recordedBy: 'made-up.officer',
        recordedAtMs: nowMs + 60_000,
      },
      verification: madeVerified(),
    });
  });

  it.each(dispositions)(
    '%s before verification is refused, also on an acknowledged alert [Policy-G]',
    (kind) => {
      const acknowledgement = { acknowledgedBy: 'made-up.officer', acknowledgedAtMs: nowMs };
      for (const record of [recordOf(), madeRecord({ acknowledgement })])
        expect(dispose(record, { kind })).toMatchObject({ kind: 'refused', clause: 'Policy-G' });
    },
  );

  it.each(enforcing)('%s on a rejected alert is refused [Policy-G]', (kind) => {
    expect(dispose(recordOf(madeRejected()), { kind })).toMatchObject({
      kind: 'refused',
      clause: 'Policy-G',
    });
  });

  it.each(enforcing)('%s on the alert alone, without reasonable suspicion, is refused [Policy-F]', (kind) => {
    const by = { username: 'made-up.officer', nowMs: nowMs + 60_000, neighbours: madeNeighbours };
    expect(disposeAlert(recordOf(madeVerified()), { kind, at }, by)).toMatchObject({
      kind: 'refused',
      clause: 'Policy-F',
    });
  });

  it('of enforcement before the verification is refused [Policy-G]', () => {
    expect(dispose(recordOf(madeVerified()), { at: '2026-11-24T11:59:59Z' })).toMatchObject({
      kind: 'refused',
      clause: 'Policy-G',
    });
  });

  it('in the future is refused', () => {
    expect(dispose(recordOf(madeVerified()), { at: '2026-11-24T12:01:01Z' })).toMatchObject({
      kind: 'refused',
    });
  });

  it('without enforcement needs no suspicion and no place, also on a rejected alert', () => {
    const by = { username: 'made-up.officer', nowMs: nowMs + 60_000, neighbours: madeNeighbours };
    for (const record of [recordOf(madeRejected()), stolen([])])
      expect(disposeAlert(record, { kind: 'no-action', at }, by)).toMatchObject({ kind: 'disposed' });
  });

  it('is recorded once; the same again is what stands', () => {
    const first = dispose(recordOf(madeVerified()));
    if (first.kind !== 'disposed') throw new Error('refused');
    const record = { ...recordOf(madeVerified()), disposition: first.disposition };
    expect(dispose(record, {}, 120_000)).toEqual(first);
    expect(dispose(record, { kind: 'arrested' }, 120_000)).toMatchObject({
      kind: 'refused',
      because: 'state',
    });
  });
});

describe('enforcement on a stolen vehicle', () => {
  const refusal = { kind: 'refused', because: 'rule', clause: 'Policy-I' };

  it.each(enforcing)('%s says where it was [Policy-I]', (kind) => {
    expect(dispose(stolen([]), { kind })).toMatchObject(refusal);
    expect(dispose(stolen([]), { kind, place: inNone })).toMatchObject({ kind: 'disposed' });
  });

  it('inside a neighbour is refused until that agency was told, and names it [Policy-I]', () => {
    expect(dispose(stolen([]), { place: inNormal })).toMatchObject({
      ...refusal,
      message: expect.stringContaining('Town of Normal'),
    });
    expect(dispose(stolen([told('normal', atMs - 1000)]), { place: inNormal })).toMatchObject({
      kind: 'disposed',
      disposition: { place: inNormal },
    });
  });

  it.each([
    ['at the same moment', atMs],
    ['afterwards', atMs + 1000],
  ])('is refused when the neighbour was told %s [Policy-I]', (_, toldAtMs) => {
    expect(dispose(stolen([told('normal', toldAtMs)]), { place: inNormal })).toMatchObject(refusal);
  });

  it('inside two neighbours needs both told [Policy-I]', () => {
    const one = told('normal', atMs - 1000);
    expect(dispose(stolen([one]), { place: inBoth })).toMatchObject({
      ...refusal,
      message: expect.stringContaining('Eastville'),
    });
    expect(dispose(stolen([one, told('eastville', atMs - 1000)]), { place: inBoth })).toMatchObject({
      kind: 'disposed',
    });
  });

  it('never stands inside a neighbour that was not told before, wherever and whenever it was [Policy-I]', () => {
    const place = fc.record({
      latitude: fc.double({ min: 40.4, max: 40.7, noNaN: true }),
      longitude: fc.double({ min: -89.1, max: -88.7, noNaN: true }),
    });
    const notifications = fc.uniqueArray(
      fc
        .record({ id: fc.constantFrom('normal', 'eastville'), at: fc.integer({ min: -3, max: 3 }) })
        .map(({ id, at: seconds }) => told(id, atMs + seconds * 1000)),
      { selector: (each) => each.neighbour },
    );
    fc.assert(
      fc.property(place, notifications, fc.constantFrom(...concerns), (where, notices, concern) => {
        const outcome = dispose(stolen(notices, concern), { place: where });
        const needed = concern.startsWith('stolen')
          ? madeNeighbours.filter((each) => isInside(each.geofence, where)).map((each) => each.id)
          : [];
        const isTold = needed.every((id) =>
          notices.some((each) => each.neighbour === id && each.atMs < atMs),
        );
        expect(outcome.kind).toBe(isTold ? 'disposed' : 'refused');
      }),
    );
  });
});

function stolen(
  notifications: readonly RecordedNotification[],
  concern: (typeof concerns)[number] = 'stolen-vehicle',
): AlertRecord {
  const alert = madeAlert(1, { vehicle: madeStolen({ concern }) });
  return madeRecord({ alert, verification: madeVerified(), notifications });
}

function told(neighbour: string, toldAtMs: number): RecordedNotification {
  return {
    neighbour,
    told: 'Dispatch, by radio',
    atMs: toldAtMs,
    recordedBy: 'made-up.officer',
    recordedAtMs: nowMs + 60_000,
  };
}
