import base from '../../jest.config.mjs';

/** The rules' own tests alone: they need no database, so a mutant is judged in a moment. */
const { globalSetup, globalTeardown, setupFiles, workerIdleMemoryLimit, ...rules } = base;

export default { ...rules, rootDir: '../..', roots: ['<rootDir>/libs/rules'], maxWorkers: 1 };
