import { Injectable } from '@nestjs/common';
import { companyScope, Database } from '#database';
import type { Id } from '#kernel';
import { type ApplicationView, viewApplication } from './view-application.js';

/** One application to a program of the company. */
@Injectable()
export class ReadApplication {
  constructor(private readonly database: Database) {}

  /** @throws NotFound */
  execute(companyId: Id<'Company'>, applicationId: Id<'Application'>): Promise<ApplicationView> {
    return this.database.transaction(companyScope(companyId), (tx) =>
      viewApplication(tx, companyId, applicationId),
    );
  }
}
