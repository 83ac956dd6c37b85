import { newEvent } from '../../../core/audit/event';
import { AttestationTally, auditsOf } from '../../../core/reports/attestation-tally';
import { madeId, madeMonth, officer } from './made-month';

const month = madeMonth('2026-11');
const ms = (text: string) => Date.parse(text);
const within = { month, attestWithinDays: 14 };

it('tells whether the audit of a month was attested and how late, and by nobody’s name [Acct-A]', () => {
  const tally = new AttestationTally();
  const make = (at: string) => ({ now: () => ms(at), newId: () => madeId(1) });
  tally.add(
    newEvent(make('2026-11-01T12:00:00Z'), {
      kind: 'month-audited',
      actor: { kind: 'system', name: 'audit-month' },
      month: '2026-10',
      file: 'made-up',
      sha256: 'made-up',
      events: 1,
      findings: {},
    }),
  );
  tally.add(
    newEvent(make('2026-11-17T09:00:00Z'), {
      kind: 'month-attested',
      actor: officer,
      operation: 'attest-month-audit',
      month: '2026-10',
      recordSha256: 'made-up',
      outcomes: {},
      words: 'Made-up words',
      decision: { outcome: 'permit', rules: [] },
    }),
  );
  const audits = auditsOf({ ...within, steps: tally.all() });
  expect(audits).toEqual([
    { month: '2026-10', auditedOn: '2026-11-01', dueOn: '2026-11-15', attestedOn: '2026-11-17', daysLate: 2 },
  ]);
});

it('keeps telling an audit that nobody attested, and one that was never made [Acct-A]', () => {
  const lastReport = {
    audits: [
      {
        month: '2026-08',
        auditedOn: '2026-09-01',
        dueOn: '2026-09-15',
        attestedOn: '2026-09-10',
        daysLate: 0,
      },
      { month: '2026-09', auditedOn: '2026-10-01', dueOn: '2026-10-15', daysLate: 16 },
    ],
  };
  expect(auditsOf({ ...within, steps: {}, lastReport })).toEqual([
    { month: '2026-09', auditedOn: '2026-10-01', dueOn: '2026-10-15', daysLate: 46 },
    { month: '2026-10', daysLate: 0 },
  ]);
});

it('tells an audit as attested that the last report told as open', () => {
  const lastReport = {
    audits: [{ month: '2026-09', auditedOn: '2026-10-20', dueOn: '2026-11-03', daysLate: 0 }],
  };
  const steps = {
    '2026-09': { attestedAtMs: ms('2026-11-02T10:00:00Z') },
    '2026-10': { auditedAtMs: ms('2026-11-20T12:00:00Z') },
  };
  expect(auditsOf({ ...within, steps, lastReport })).toEqual([
    { month: '2026-09', auditedOn: '2026-10-20', dueOn: '2026-11-03', attestedOn: '2026-11-02', daysLate: 0 },
    { month: '2026-10', auditedOn: '2026-11-20', dueOn: '2026-12-04', daysLate: 0 },
  ]);
});
