/**
 * Jest cannot `require()` an ES module that the same import graph is still loading, as CommonJS packages of
 * Nest's ecosystem do with Nest itself: load Nest before every test file.
 */
await import('@nestjs/common');
await import('@nestjs/core');
