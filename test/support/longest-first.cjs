const Sequencer = require('@jest/test-sequencer').default;

/**
 * What takes longest, so that none of it is left for the end, when the other worker has nothing more to do. The second
 * and third need no synthesised app, which the first one makes meanwhile.
 */
const long = [
  'test/e2e/main-job.test.ts',
  'test/e2e/retention-sweep.test.ts',
  'test/policy/access-matrix.test.ts',
  'test/e2e/attacks.test.ts',
  'test/e2e/missing-grant.test.ts',
  'test/lib/validated-synth.test.ts',
  'test/lib/acknowledgements.test.ts',
  'test/web/portal/browser.test.ts',
  'test/core/audit/log/histories.test.ts',
  'test/policy/completeness.test.ts',
];

const rankOf = ({ path }) => {
  const at = long.findIndex((each) => path.endsWith(`/${each}`));
  return at < 0 ? long.length : at;
};

/** Jest knows how long a file took from the run before; a clean checkout has none. */
module.exports = class extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((one, other) => rankOf(one) - rankOf(other));
  }
};
