import { admissionLimits } from '../../../core/reads/admission-limits';

describe('admission limits', () => {
  it('count the stream, the failure store and both delays of S3 as transit [Storage-A]', () => {
    expect(
      admissionLimits({ retentionDays: 30, siteRadiusM: 50, transit: { streamHours: 24, failureDays: 7 } }),
    ).toEqual({ retentionDays: 30, siteRadiusM: 50, transitMs: 864_000_000, clockAheadMs: 300_000 });
  });

  it('refuse a configuration whose transit leaves no day to keep a read', () => {
    expect(() =>
      admissionLimits({ retentionDays: 10, siteRadiusM: 50, transit: { streamHours: 24, failureDays: 7 } }),
    ).toThrow(RangeError);
  });
});
