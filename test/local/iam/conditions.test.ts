import { holds, parseOperator } from '../../../local/iam/conditions';

const context = new Map<string, readonly string[]>([
  ['aws:sourcearn', ['arn:aws:s3:::frames']],
  ['aws:securetransport', ['true']],
  ['kms:encryptioncontextkeys', ['day', 'network']],
  ['s3:max-keys', ['100']],
  ['aws:currenttime', ['2026-06-01T00:00:00Z']],
]);
const check = (operator: string, key: string, ...values: string[]) =>
  holds({ operator: parseOperator(operator, 'a test'), key, values }, context);

describe('policy conditions', () => {
  it.each([
    ['StringEquals', 'aws:SourceArn', ['arn:aws:s3:::frames'], true],
    ['StringEquals', 'aws:SourceArn', ['arn:aws:s3:::*'], false],
    ['StringEquals', 'aws:SourceArn', ['x', 'arn:aws:s3:::frames'], true],
    ['StringEquals', 'aws:Absent', ['x'], false],
    ['StringEqualsIfExists', 'aws:Absent', ['x'], true],
    ['StringEqualsIgnoreCase', 'aws:SecureTransport', ['TRUE'], true],
    ['StringNotEquals', 'aws:SourceArn', ['x'], true],
    ['StringNotEquals', 'aws:SourceArn', ['x', 'arn:aws:s3:::frames'], false],
    ['StringNotEquals', 'aws:Absent', ['x'], true],
    ['StringLike', 'aws:SourceArn', ['arn:aws:s3:::fr*'], true],
    ['StringNotLike', 'aws:SourceArn', ['arn:aws:s3:::fr*'], false],
    ['ArnLike', 'AWS:SourceArn', ['arn:aws:s3:*:*:frames'], true],
    ['ArnEquals', 'aws:SourceArn', ['arn:aws:s3:::other'], false],
    ['ArnNotLike', 'aws:SourceArn', ['arn:aws:s3:::other'], true],
    ['Bool', 'aws:SecureTransport', ['false'], false],
    ['Bool', 'aws:SecureTransport', ['true'], true],
    ['Bool', 'aws:Absent', ['false'], false],
    ['BoolIfExists', 'aws:Absent', ['false'], true],
    ['Null', 'aws:Absent', ['true'], true],
    ['Null', 'aws:SourceArn', ['true'], false],
    ['Null', 'aws:SourceArn', ['false'], true],
    ['NumericLessThanEquals', 's3:max-keys', ['100'], true],
    ['NumericLessThan', 's3:max-keys', ['100'], false],
    ['NumericGreaterThan', 's3:max-keys', ['99.5'], true],
    ['NumericNotEquals', 's3:max-keys', ['7'], true],
    ['DateLessThan', 'aws:CurrentTime', ['2026-06-02T00:00:00Z'], true],
    ['DateGreaterThan', 'aws:CurrentTime', ['2026-06-02T00:00:00Z'], false],
    ['ForAllValues:StringEquals', 'kms:EncryptionContextKeys', ['day', 'network', 'x'], true],
    ['ForAllValues:StringEquals', 'kms:EncryptionContextKeys', ['day'], false],
    ['ForAllValues:StringEquals', 'kms:Absent', ['day'], true],
    ['ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', ['day'], true],
    ['ForAnyValue:StringEquals', 'kms:EncryptionContextKeys', ['plate'], false],
    ['ForAnyValue:StringEquals', 'kms:Absent', ['day'], false],
    ['ForAnyValue:StringNotEquals', 'kms:EncryptionContextKeys', ['day'], true],
    ['ForAllValues:StringNotLike', 'kms:EncryptionContextKeys', ['d*'], false],
  ])('%s on %s with %j is %s', (operator, key, values, expected) => {
    expect(check(operator, key, ...values)).toBe(expected);
  });

  it.each([
    'IpAddress',
    'BinaryEquals',
    'StringMatches',
    'ForSomeValues:StringEquals',
    'toString',
    'NullIfExists',
  ])('stop at the operator %s, which is not modelled', (operator) => {
    expect(() => parseOperator(operator, 'the key of a test')).toThrow(
      expect.objectContaining({ code: 'not-modelled', message: expect.stringContaining(operator) }),
    );
  });
});
