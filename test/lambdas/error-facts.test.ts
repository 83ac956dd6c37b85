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

  it('is nothing of what is no error', () => {
    expect(errorFacts('TEST123')).toEqual({});
  });
});
