import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { SERVICES } from '#contracts';
import { type DeliveryKey, parseDeliveryKey } from './delivery-key.js';

/** The path of one delivery: `/:companyId/:eventId/:consumer`. */
export class DeliveryParams {
  @ApiProperty({ example: 'cmp_01h455vb4pex5vsknk084sn02q' })
  @IsString()
  readonly companyId!: string;

  @ApiProperty({ example: 'evt_01h455vb4pex5vsknk084sn02q' })
  @IsString()
  readonly eventId!: string;

  @ApiProperty({ enum: SERVICES })
  @IsString()
  readonly consumer!: string;

  /** @throws InvalidInput `id.malformed`; NotFound when no service has that name */
  key(): DeliveryKey {
    return parseDeliveryKey(this.companyId, this.eventId, this.consumer);
  }
}
