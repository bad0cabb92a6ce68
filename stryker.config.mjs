/** `npm run mutation`: changes the pure rules one place at a time; a test must fail for each. docs/testing.md */
export default {
  mutate: ['libs/rules/src/**/*.ts', '!libs/rules/src/**/*.spec.ts', '!libs/rules/src/**/index.ts'],
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  jest: { configFile: 'test/mutation/jest.config.mjs', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  // Constants of a module (texts, tables of codes): each would need all tests in a fresh process.
  ignoreStatic: true,
  thresholds: { high: 90, low: 85, break: 85 },
  ignorePatterns: ['bench', 'demo', 'dist', 'docker', '.fairlead'],
  reporters: ['progress-append-only', 'clear-text', 'json'],
  // What did not change since the last run is not run again.
  incremental: true,
  incrementalFile: 'coverage/mutation-incremental.json',
  jsonReporter: { fileName: 'coverage/mutation.json' },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  tempDirName: 'coverage/mutation',
  concurrency: 2,
  timeoutMS: 20_000,
};
