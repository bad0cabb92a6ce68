import { globSync } from 'node:fs';
import { resolve } from 'node:path';

/** All tests of the rules as one file: what they share is loaded once for each mutant, not once for each file. */
for (const file of globSync('libs/rules/src/**/*.spec.ts')) await import(resolve(file));
