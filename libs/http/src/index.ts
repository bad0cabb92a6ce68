/** What every HTTP route shares: who calls, what a page is, how an error looks, how a POST is repeated. */
export * from './access.js';
export * from './authenticator.js';
export * from './idempotency/idempotency-table.js';
export * from './idempotency/idempotent-request.js';
export * from './idempotency/idempotent.js';
export * from './internal-token/internal-token-authenticator.js';
export * from './internal-token/internal-token.js';
export * from './openapi/openapi-document.js';
export * from './openapi/serve-api-docs.js';
export * from './page.js';
export * from './partnership-access.js';
export * from './principal.js';
export * from './problem/problem.filter.js';
export * from './problem/problem.js';
export * from './problem/validation.js';
export * from './rate-limit/rate-limit.module.js';
export * from './sign-in-link.js';
