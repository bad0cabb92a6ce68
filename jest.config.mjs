/** One run for every test: where a file lies tells its kind (see docs/architecture.md). */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['fairlead-source', 'node', 'node-addons'] },
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test'],
  testRegex: '\\.spec\\.ts$',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'es6' },
        sourceMaps: 'inline',
      },
    ],
  },
  setupFiles: ['<rootDir>/test/setup/load-nest.mjs'],
  globalSetup: '<rootDir>/test/setup/global-setup.mjs',
  globalTeardown: '<rootDir>/test/setup/global-teardown.mjs',
  // Ends what hangs, however busy the machine; what is slow for other reasons says so by its own limit.
  testTimeout: 180_000,
  maxWorkers: 2,
  // ESM modules of finished files stay in a worker's memory.
  workerIdleMemoryLimit: '1500MB',
  // Giving back that memory takes longer than Jest's half a second when the machine is busy; a leak takes forever.
  workerGracefulExitTimeout: 20_000,
};
