import { MissingEnvironment, requireEnv } from '../../lambdas/env';

describe('a function’s environment', () => {
  it('is read under the names the code uses', () => {
    expect(requireEnv({ READS_TABLE: 'reads', OTHER: 'x' }, { readsTable: 'READS_TABLE' })).toEqual({
      readsTable: 'reads',
    });
  });

  it('names everything that is missing at once', () => {
    const read = () => requireEnv({ B: 'b', C: '' }, { a: 'A', b: 'B', c: 'C' });
    expect(read).toThrow(new MissingEnvironment(['A', 'C']));
    expect(read).toThrow('missing environment variables: A, C');
  });
});
