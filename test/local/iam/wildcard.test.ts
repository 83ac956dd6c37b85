import fc from 'fast-check';
import { matchesArn, matchesWildcard } from '../../../local/iam/wildcard';

const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?', '.', '\n'), maxLength: 10 });
const text = fc.string({ unit: fc.constantFrom('a', 'b', '.', '\n'), maxLength: 10 });

describe('wildcards', () => {
  it('match exactly what the same pattern matches as a regular expression', () => {
    fc.assert(
      fc.property(pattern, text, (p, t) => {
        const source = p.replaceAll('.', '\\.').replaceAll('*', '[^]*').replaceAll('?', '[^]');
        return matchesWildcard(p, t) === new RegExp(`^${source}$`).test(t);
      }),
      { numRuns: 5_000 },
    );
  });

  it('always match a text against itself and against *', () => {
    fc.assert(fc.property(fc.string(), (t) => matchesWildcard('*', t) && matchesArn('*', t)));
    fc.assert(fc.property(text, (t) => matchesWildcard(t, t)));
  });

  it('take no exponential time for a hostile pattern', () => {
    const startMs = performance.now();
    expect(matchesWildcard('a*'.repeat(200).concat('b'), 'a'.repeat(5_000))).toBe(false);
    expect(performance.now() - startMs).toBeLessThan(1_000);
  });

  it.each([
    ['arn:aws:s3:::frames/*', 'arn:aws:s3:::frames/a/b.jpg', true],
    ['arn:aws:s3:::frames/*', 'arn:aws:s3:::frames', false],
    ['arn:aws:s3:::frames*', 'arn:aws:s3:::frames-other/x', true],
    ['arn:aws:sqs:*:000000000000:q', 'arn:aws:sqs:us-east-2:000000000000:q', true],
    ['arn:aws:sqs:*:q', 'arn:aws:sqs:us-east-2:000000000000:q', false],
    ['arn:aws:lambda:us-east-2:0:function:f:*', 'arn:aws:lambda:us-east-2:0:function:f:live', true],
    ['arn:aws:lambda:us-east-2:0:function:f', 'arn:aws:lambda:us-east-2:0:function:f:live', false],
    ['arn:aws:*', 'arn:aws:sqs:us-east-2:000000000000:q', false],
  ])('an ARN pattern keeps each wildcard in its segment: %s on %s is %s', (p, arn, expected) => {
    expect(matchesArn(p, arn)).toBe(expected);
  });
});
