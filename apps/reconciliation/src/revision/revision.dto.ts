import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsObject, IsString, MaxLength } from 'class-validator';
import { IfGiven } from '#http';
import { InvalidInput } from '#kernel';
import { ReasonBody } from '../intervention/operation.dto.js';
import type { Change } from './changes.js';
import type { Revision } from './list-revisions.js';
import type { Correction, JsonObject } from './revised-data.js';

export class RevisionBody extends ReasonBody {
  @ApiPropertyOptional({ type: Object, description: 'the whole corrected data, with the original fields' })
  @IfGiven()
  @IsObject()
  readonly data?: JsonObject;

  @ApiPropertyOptional({ description: "for webhook.received: the corrected raw body's text" })
  @IfGiven()
  @IsString()
  @MaxLength(1_000_000)
  readonly body?: string;

  /** @throws InvalidInput `revision.one_correction` unless exactly one of data and body is there */
  correction(): Correction {
    if (this.data !== undefined && this.body === undefined) return { kind: 'data', data: this.data };
    if (this.body !== undefined && this.data === undefined) return { kind: 'body', body: this.body };
    throw new InvalidInput('revision.one_correction', 'Send either "data" or, for a webhook, "body".', [
      { field: 'data', message: 'send exactly one of data and body' },
    ]);
  }
}

export class ChangeDto {
  @ApiProperty({ example: '/body/data/amount', description: 'JSON pointer (RFC 6901)' })
  readonly path!: string;

  @ApiProperty({ type: Object, nullable: true, description: 'null when it was not there' })
  readonly before!: unknown;

  @ApiProperty({ type: Object, nullable: true, description: 'null when it was taken away' })
  readonly after!: unknown;
}

export class RevisionDto {
  @ApiProperty({ description: '0 is the original' })
  readonly revision!: number;

  @ApiProperty({ type: Object })
  readonly data!: JsonObject;

  @ApiProperty({ type: String, nullable: true })
  readonly reason!: string | null;

  @ApiProperty({ type: String, nullable: true, example: 'operator:opr_01h455vb4pex5vsknk084sn02q' })
  readonly actor!: string | null;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ type: [ChangeDto], description: 'against the revision before' })
  readonly changes!: Change[];
}

export class RevisionList {
  @ApiProperty({ type: [RevisionDto], description: 'oldest first' })
  readonly data!: readonly Revision[];
}

export class RevisionReceiptDto {
  @ApiProperty({ description: 'the revision that the next replay will use' })
  readonly revision!: number;
}
