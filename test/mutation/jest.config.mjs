import base from '../../jest.config.mjs';

/** The rules' own tests alone: they need no database, so a mutant is judged in a moment. */
export default {
  testEnvironment: base.testEnvironment,
  testEnvironmentOptions: base.testEnvironmentOptions,
  testRegex: '\\.mutation\\.ts$',
  extensionsToTreatAsEsm: base.extensionsToTreatAsEsm,
  moduleNameMapper: base.moduleNameMapper,
  transform: base.transform,
  rootDir: '../..',
  roots: ['<rootDir>/libs/rules', '<rootDir>/test/mutation'],
};
