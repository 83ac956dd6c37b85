import fc from 'fast-check';
import {
  type AlertRecord,
  disposeAlert,
  isEnforcement,
  type Verification,
  verifyAlert,
} from '../../../core/alerts/life-cycle';
import {
  checks,
  type DispositionRequest,
  dispositions,
  findings,
  type VerificationRequest,
} from '../../../core/contract/verification';
import { madeAlert, madeVerification, madeVerified } from './made-alert';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const shown = { plate: true, vehicle: true };
const by = { username: 'made-up.officer', nowMs, imagesShown: shown };
const open: AlertRecord = { alert: madeAlert() };
const suspicion = 'The driver matches the description of the suspect.';

const verified = madeVerified();
const rejected: Verification = {
  ...verified,
  outcome: 'rejected',
  checklist: { ...verified.checklist, characters: 'contradicted' },
};
const dispose = (
  verification: Verification | undefined,
  request: Partial<DispositionRequest> = {},
  laterMs = 60_000,
) =>
  disposeAlert(
    { alert: madeAlert(), ...(verification ? { verification } : {}) },
    { kind: 'stopped', at: '2026-11-24T12:00:30Z', suspicion, ...request },
    { username: 'made-up.officer', nowMs: nowMs + laterMs },
  );

describe('verification', () => {
  it('is who, when and the whole checklist [Policy-G]', () => {
    expect(verifyAlert(open, madeVerification(), by)).toEqual({
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
    });
  });

  it.each([
    ['plate', { plate: false, vehicle: true }],
    ['vehicle', { plate: true, vehicle: false }],
  ])('is refused to who was not shown the %s image [Policy-G]', (_, imagesShown) => {
    expect(verifyAlert(open, madeVerification(), { ...by, imagesShown })).toMatchObject({
      kind: 'refused',
      because: 'rule',
      clause: 'Policy-G',
    });
  });

  it('is verified only when everything confirms, and rejected only when something does not [Policy-G]', () => {
    const finding = fc.constantFrom(...findings);
    const checklists = fc.record(
      Object.fromEntries(checks.map((check) => [check, finding])) as Record<
        (typeof checks)[number],
        typeof finding
      >,
    );
    const query = fc.option(fc.record({ reference: fc.constant('L-1'), finding }), { nil: undefined });
    fc.assert(
      fc.property(checklists, query, (checklist, registrationQuery) => {
        const request = (outcome: VerificationRequest['outcome']) =>
          madeVerification({ outcome, checklist, ...(registrationQuery ? { registrationQuery } : {}) });
        const confirms =
          Object.values(checklist).every((each) => each === 'confirmed') &&
          registrationQuery?.finding !== 'contradicted';
        expect(verifyAlert(open, request('verified'), by).kind).toBe(confirms ? 'verified' : 'refused');
        expect(verifyAlert(open, request('rejected'), by).kind).toBe(confirms ? 'refused' : 'verified');
      }),
    );
  });

  it('happens once: a second user finds it done', () => {
    const again = verifyAlert({ ...open, verification: verified }, madeVerification(), {
      ...by,
      username: 'made-up.other',
    });
    expect(again).toMatchObject({ kind: 'refused', because: 'state' });
  });

  it('asked for again by the same user in the same words is what stands', () => {
    const record = { ...open, verification: verified };
    const later = { ...by, nowMs: nowMs + 5000, imagesShown: { plate: false, vehicle: false } };
    expect(verifyAlert(record, madeVerification(), later)).toEqual({
      kind: 'verified',
      verification: verified,
    });
    expect(verifyAlert(record, madeVerification({ vehicle: 'Another one' }), later)).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('a disposition', () => {
  it('of enforcement stands on a verified alert', () => {
    expect(dispose(verified)).toEqual({
      kind: 'disposed',
      disposition: {
        kind: 'stopped',
        atMs: Date.parse('2026-11-24T12:00:30Z'),
        suspicion: 'The driver matches the description of the suspect.',
        recordedBy: 'made-up.officer',
        recordedAtMs: nowMs + 60_000,
      },
      verification: verified,
    });
  });

  it.each(dispositions)('%s before verification is refused [Policy-G]', (kind) => {
    expect(dispose(undefined, { kind })).toMatchObject({ kind: 'refused', clause: 'Policy-G' });
  });

  it.each(dispositions.filter(isEnforcement))('%s on a rejected alert is refused [Policy-G]', (kind) => {
    expect(dispose(rejected, { kind })).toMatchObject({ kind: 'refused', clause: 'Policy-G' });
  });

  it.each(dispositions.filter(isEnforcement))(
    '%s on the alert alone, without reasonable suspicion, is refused [Policy-F]',
    (kind) => {
      const { suspicion: _, ...request } = { kind, at: '2026-11-24T12:00:30Z', suspicion };
      const outcome = disposeAlert({ alert: madeAlert(), verification: verified }, request, {
        username: 'made-up.officer',
        nowMs: nowMs + 60_000,
      });
      expect(outcome).toMatchObject({ kind: 'refused', clause: 'Policy-F' });
    },
  );

  it('of enforcement before the verification is refused [Policy-G]', () => {
    expect(dispose(verified, { at: '2026-11-24T11:59:59Z' })).toMatchObject({
      kind: 'refused',
      clause: 'Policy-G',
    });
  });

  it('in the future is refused', () => {
    expect(dispose(verified, { at: '2026-11-24T12:01:01Z' })).toMatchObject({ kind: 'refused' });
  });

  it('without enforcement needs no suspicion, also on a rejected alert', () => {
    expect(
      disposeAlert(
        { alert: madeAlert(), verification: rejected },
        { kind: 'no-action', at: '2026-11-24T12:00:30Z' },
        { username: 'made-up.officer', nowMs: nowMs + 60_000 },
      ),
    ).toMatchObject({ kind: 'disposed' });
  });

  it('is recorded once; the same again is what stands', () => {
    const first = dispose(verified);
    if (first.kind !== 'disposed') throw new Error('refused');
    const record = { alert: madeAlert(), verification: verified, disposition: first.disposition };
    const request = { kind: 'stopped', at: '2026-11-24T12:00:30Z', suspicion } as const;
    const later = { username: 'made-up.officer', nowMs: nowMs + 120_000 };
    expect(disposeAlert(record, request, later)).toEqual(first);
    expect(disposeAlert(record, { ...request, kind: 'arrested' }, later)).toMatchObject({
      kind: 'refused',
      because: 'state',
    });
  });
});
