import { admissionLimits } from '../../../core/reads/admission-limits';

describe('admission limits', () => {
  it('count the stream and the failure store as transit [Storage-A]', () => {
    expect(
      admissionLimits({ retentionDays: 30, siteRadiusM: 50, transit: { streamHours: 24, failureDays: 7 } }),
    ).toEqual({ retentionDays: 30, siteRadiusM: 50, transitMs: 691_200_000, clockAheadMs: 300_000 });
  });

  it('refuse a configuration whose transit leaves no day to keep a read', () => {
    expect(() =>
      admissionLimits({ retentionDays: 8, siteRadiusM: 50, transit: { streamHours: 24, failureDays: 7 } }),
    ).toThrow(RangeError);
  });
});
