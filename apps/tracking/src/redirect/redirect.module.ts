import { Module } from '@nestjs/common';

/** What happens when somebody follows a partner's link. */
@Module({})
export class RedirectModule {}
