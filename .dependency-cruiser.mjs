/**
 * The borders of the code base (docs/architecture.md). An app knows libs, never another app; rules and
 * kernel know nothing of frameworks, databases or the network; services meet only in contracts.
 */

const frameworksAndDrivers =
  'node_modules/(@nestjs|@mikro-orm|@fastify|fastify|kysely|pg|bullmq|ioredis|nodemailer|stripe|rxjs|pino|nestjs-)';
const nodeInputOutput =
  '^(node:)?(fs|net|http|https|http2|tls|dns|dgram|child_process|cluster|worker_threads|readline|timers)(/|$)';

/** Specs, what they share (`test/`), and the test harness. */
const testCode = ['\\.spec\\.ts$', '^(apps|libs)/[^/]+/test/', '^libs/testing/'];

/** Which libs a lib may use besides the kernel; a lib missing here may use the kernel only. */
const libBorders = {
  rules: 'contracts',
  database: '',
  bus: 'contracts|database|config|observability',
  config: '',
  http: 'contracts|database|config|observability',
  observability: 'contracts|database|config|bus',
};

const libRules = Object.entries(libBorders).map(([lib, others]) => ({
  name: `lib-${lib}`,
  comment: `libs/${lib} may use ${['kernel', ...others.split('|')].filter(Boolean).join(', ')} only.`,
  severity: 'error',
  from: { path: `^libs/${lib}/`, pathNot: testCode },
  to: { path: '^libs/', pathNot: `^libs/(${[lib, 'kernel', others].filter(Boolean).join('|')})/` },
}));

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A cycle means two files are one thing, or one knows too much.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      comment: 'A test that runs a process of its own may name what the build makes.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '/dist/' },
    },
    {
      name: 'no-undeclared-package',
      comment: 'Everything imported stands in package.json; what ships stands in its "dependencies".',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'no-development-package-in-production-code',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: testCode },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'apps-do-not-know-each-other',
      comment: 'Services talk by events and published views. Only standalone hosts the others.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/', pathNot: '^apps/standalone/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'libs-do-not-know-apps',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'libs-enter-by-the-index',
      comment: 'Another lib is used by its alias (#bus), so by what its index exports.',
      severity: 'error',
      from: { path: '^(apps|libs)/([^/]+)/' },
      to: { path: '^libs/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/$2/'] },
    },
    {
      name: 'kernel-knows-nobody',
      severity: 'error',
      from: { path: '^libs/kernel/', pathNot: testCode },
      to: { path: '^(apps|libs)/', pathNot: '^libs/kernel/' },
    },
    {
      name: 'contracts-know-the-kernel-only',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: testCode },
      to: { path: '^(apps|libs)/', pathNot: '^libs/(contracts|kernel)/' },
    },
    {
      name: 'rules-kernel-and-contracts-are-pure',
      comment:
        'Rules take facts and return decisions: the services, the simulator and every dry run share them.',
      severity: 'error',
      from: { path: '^libs/(rules|kernel|contracts)/', pathNot: testCode },
      to: { path: [frameworksAndDrivers, nodeInputOutput] },
    },
    ...libRules,
    {
      name: 'test-code-stays-in-tests',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: testCode },
      to: { path: [...testCode, '^test/'] },
    },
    {
      name: 'controllers-leave-sql-to-use-cases',
      comment: 'A controller takes a request, calls one use case and shows its result.',
      severity: 'error',
      from: { path: '\\.controller\\.ts$' },
      to: {
        path: ['^libs/database/', 'node_modules/(@mikro-orm|kysely|pg)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'queues-stay-in-the-bus',
      comment: 'Business code never touches a queue: it publishes, and consumes by handlers.',
      severity: 'error',
      from: {
        path: '^(apps|libs)/',
        pathNot: [
          '^libs/(bus|bootstrap|observability)/',
          '^libs/http/src/rate-limit/',
          '^apps/standalone/',
          ...testCode,
        ],
      },
      to: { path: 'node_modules/(bullmq|ioredis)/' },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody uses and that uses nobody is dead code.',
      severity: 'error',
      from: { orphan: true, path: '^(apps|libs)/', pathNot: ['\\.spec\\.ts$', '\\.d\\.ts$'] },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['fairlead-source', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.d.ts', '.json'],
    },
  },
};
