import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import type { Id } from '#kernel';
import { readDestinationDomains } from './destination-domains.js';

@Injectable()
export class ReadDestinationDomains {
  constructor(private readonly database: Database) {}

  execute(companyId: Id<'Company'>): Promise<string[]> {
    return this.database.transaction(companyScope(companyId), (tx) => readDestinationDomains(tx, companyId));
  }
}
