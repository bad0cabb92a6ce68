/** What every HTTP route shares: who calls, what a page is, how an error looks. */
export * from './access.js';
export * from './authenticator.js';
export * from './page.js';
export * from './principal.js';
