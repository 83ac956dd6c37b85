import { StoreError } from '../../adapters/stores/store-error';
import { errorFacts } from '../../lambdas/error-facts';

describe('what a log says of an error', () => {
  it('is names and codes down its causes, and no message', () => {
    const cause = Object.assign(new Error('TEST123 was refused'), { name: 'ValidationException' });
    const facts = errorFacts(new StoreError('unavailable', 'reads', { cause }));
    expect(facts).toEqual({
      name: 'StoreError',
      code: 'unavailable',
      store: 'reads',
      'cause1.name': 'ValidationException',
    });
  });

  it.each([
    [
      'AccessDeniedException',
      'User: arn:aws:sts::000000000000:assumed-role/TEST123 is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-2:000000000000:table/TEST123 because no identity-based policy allows the dynamodb:PutItem action',
      'dynamodb:PutItem',
    ],
    [
      'AccessDenied',
      'User: TEST123 is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::made-up/TEST123" because no identity-based policy allows it',
      's3:GetObject',
    ],
    ['AccessDenied', 'Access Denied', undefined],
    ['AccessDeniedException', 'is not authorized to perform: TEST123 on resource', undefined],
    ['AccessDeniedException', 'is not authorized to perform: s3:GetObject1TEST123', undefined],
    ['ValidationException', 'is not authorized to perform: dynamodb:PutItem on TEST123', undefined],
  ])('is, of %s, the action that was refused and nothing else of its message', (name, message, action) => {
    const cause = Object.assign(new Error(message), { name });
    const facts = errorFacts(new StoreError('unavailable', 'reads', { cause }));
    expect(facts).toEqual({
      name: 'StoreError',
      code: 'unavailable',
      store: 'reads',
      'cause1.name': name,
      ...(action === undefined ? {} : { 'cause1.action': action }),
    });
    expect(JSON.stringify(facts)).not.toContain('TEST');
  });

  it('is nothing of what is no error', () => {
    expect(errorFacts('TEST123')).toEqual({});
  });
});
