import fc from 'fast-check';
import type { AlertRecord } from '../../../core/alerts/alert-record';
import { verifyAlert } from '../../../core/alerts/verification';
import { rejectionReasons } from '../../../core/contract/alerts';
import { checks, findings, type VerificationRequest } from '../../../core/contract/verification';
import {
  madeAlert,
  madeRecord,
  madeRejection,
  madeStolen,
  madeVerification,
  madeVerified,
} from './made-alert';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const shown = { plate: true, vehicle: true };
const by = { username: 'made-up.officer', nowMs, imagesShown: shown };
const open = madeRecord();
const acknowledged = madeRecord({
  acknowledgement: { acknowledgedBy: 'made-up.dispatcher', acknowledgedAtMs: nowMs - 60_000 },
});
const ruled = { kind: 'refused', because: 'rule', clause: 'Policy-G' };
const verify = (request: VerificationRequest, record: AlertRecord = open) => verifyAlert(record, request, by);

it('is who, when and the whole checklist [Policy-G]', () => {
  const expected = {
    kind: 'verified',
    verification: {
      outcome: 'verified',
      checklist: {
        plateImage: 'confirmed',
        characters: 'confirmed',
        issuingState: 'confirmed',
        vehicleImage: 'confirmed',
        vehicleDescription: 'confirmed',
      },
      vehicle: 'Made-up make and model, red',
      verifiedBy: 'made-up.officer',
      verifiedAtMs: nowMs,
    },
  };
  expect(verify(madeVerification())).toEqual(expected);
  expect(verify(madeVerification(), acknowledged)).toEqual(expected);
});

it.each([
  ['plate', { plate: false, vehicle: true }],
  ['vehicle', { plate: true, vehicle: false }],
])('is refused to who was not shown the %s image [Policy-G]', (_, imagesShown) => {
  for (const request of [madeVerification(), madeRejection()])
    expect(verifyAlert(open, request, { ...by, imagesShown })).toMatchObject(ruled);
});

it('is verified only when everything confirms, and rejected only when what the reason says does not [Policy-G]', () => {
  const finding = fc.constantFrom(...findings);
  const checklists = fc.record(
    Object.fromEntries(checks.map((check) => [check, finding])) as Record<
      (typeof checks)[number],
      typeof finding
    >,
  );
  const at = '2026-11-24T11:59:00Z';
  const query = fc.option(fc.record({ reference: fc.constant('L-1'), finding, at: fc.constant(at) }), {
    nil: undefined,
  });
  fc.assert(
    fc.property(
      checklists,
      query,
      fc.constantFrom(...rejectionReasons),
      (checklist, registrationQuery, rejection) => {
        const queried = registrationQuery ? { registrationQuery } : {};
        const confirms =
          Object.values(checklist).every((each) => each === 'confirmed') &&
          registrationQuery?.finding !== 'contradicted';
        expect(verify(madeVerification({ checklist, ...queried })).kind).toBe(
          confirms ? 'verified' : 'refused',
        );
        const { plateImage, characters, issuingState, vehicleImage, vehicleDescription } = checklist;
        const denied = {
          misread: [plateImage, characters],
          'wrong-state': [issuingState],
          'other-vehicle': [vehicleImage, vehicleDescription],
          'stale-entry': ['not-visible'],
        }[rejection].some((each) => each !== 'confirmed');
        const rejected = verify(madeVerification({ outcome: 'rejected', checklist, rejection, ...queried }));
        expect(rejected.kind).toBe(denied ? 'verified' : 'refused');
      },
    ),
  );
});

it('says why when it rejects, and gives no such reason when it verifies [Policy-G]', () => {
  const { rejection, ...noReason } = madeRejection();
  expect(verify(noReason)).toMatchObject(ruled);
  expect(verify(madeVerification({ rejection: 'misread' }))).toMatchObject(ruled);
  expect(verify(madeRejection())).toMatchObject({ kind: 'verified', verification: { rejection: 'misread' } });
});

it('of a misread may say what the image shows, which is not the listed plate [Policy-G]', () => {
  expect(verify(madeRejection({ actualPlate: 'TEST128' }))).toMatchObject({
    kind: 'verified',
    verification: { actualPlate: 'TEST128' },
  });
  expect(verify(madeRejection({ actualPlate: 'test 123' }))).toMatchObject(ruled);
  expect(verify(madeRejection({ actualPlate: '!!' }))).toMatchObject(ruled);
});

describe('of a vehicle that another agency listed', () => {
  const record = madeRecord({ alert: madeAlert(1, { vehicle: madeStolen(), raisedAtMs: nowMs - 60_000 }) });
  const query = { reference: 'L-1', finding: 'confirmed', at: '2026-11-24T11:59:30Z' } as const;

  it('needs a LEADS or NCIC query that confirms it, answered after the alert [Policy-G]', () => {
    expect(verify(madeVerification({ registrationQuery: query }), record)).toMatchObject({
      kind: 'verified',
      verification: {
        registrationQuery: { reference: 'L-1', finding: 'confirmed', atMs: nowMs - 30_000 },
      },
    });
  });

  it.each([
    ['without one', {}],
    ['with one before the alert', { registrationQuery: { ...query, at: '2026-11-24T11:58:59Z' } }],
    ['with one in the future', { registrationQuery: { ...query, at: '2026-11-24T12:00:01Z' } }],
    ['with one that says nothing', { registrationQuery: { ...query, finding: 'not-visible' as const } }],
    ['with one that contradicts', { registrationQuery: { ...query, finding: 'contradicted' as const } }],
  ])('is refused %s [Policy-G]', (_, changes) => {
    expect(verify(madeVerification(changes), record)).toMatchObject(ruled);
  });

  it('can be rejected without one', () => {
    expect(verify(madeRejection(), record)).toMatchObject({ kind: 'verified' });
  });
});

it('happens once: a second user finds it done', () => {
  const done = madeRecord({ verification: madeVerified() });
  expect(verifyAlert(done, madeVerification(), { ...by, username: 'made-up.other' })).toMatchObject({
    kind: 'refused',
    because: 'state',
  });
});

it('asked for again by the same user in the same words is what stands', () => {
  const record = madeRecord({ verification: madeVerified() });
  const later = { ...by, nowMs: nowMs + 5000, imagesShown: { plate: false, vehicle: false } };
  expect(verifyAlert(record, madeVerification(), later)).toEqual({
    kind: 'verified',
    verification: madeVerified(),
  });
  expect(verifyAlert(record, madeVerification({ vehicle: 'Another one' }), later)).toMatchObject({
    kind: 'refused',
  });
});
