import { setSourceMapsSupport } from 'node:module';

/**
 * Loaded before a process by `node --import`: stack traces name our own lines of TypeScript. Unlike
 * `--enable-source-maps` it leaves the maps of packages alone, which would stay in memory (7 MB).
 */
setSourceMapsSupport(true, { nodeModules: false, generatedCode: false });
