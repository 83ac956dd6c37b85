/** Everything is TypeScript, transformed by esbuild to CommonJS; types are checked by `tsc --noEmit`. */
const esmOnly = ['@middy', 'otpauth', '@noble'];

module.exports = {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  transform: { '\\.(ts|mjs|js)$': '<rootDir>/test/support/esbuild-transform.cjs' },
  transformIgnorePatterns: [`/node_modules/(?!(${esmOnly.join('|')})/)`],
  moduleFileExtensions: ['ts', 'mjs', 'js', 'cjs', 'json', 'node'],
  resolver: '<rootDir>/test/support/resolver.cjs',
  testSequencer: '<rootDir>/test/support/longest-first.cjs',
  globalSetup: '<rootDir>/test/support/run-setup.cjs',
  globalTeardown: '<rootDir>/test/support/run-teardown.cjs',
  reporters: ['default', '<rootDir>/test/support/proofs-reporter.cjs'],
  maxWorkers: 2,
};
