/** Pure decisions about money and credit: facts in, decision out. No framework, no I/O, no clock. */
export * from './attribution/index.js';
export * from './commissions/index.js';
