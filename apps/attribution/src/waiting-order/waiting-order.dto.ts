import { ApiProperty } from '@nestjs/swagger';
import { ExplanationDto, showReason } from '../explanation.dto.js';
import type { WaitingOrders } from './list-waiting-orders.js';

export class WaitingOrdersDto {
  @ApiProperty({ format: 'date', example: '2026-05-12', description: "A day in the program's time zone" })
  day!: string;

  @ApiProperty({ example: 1 })
  orders!: number;

  @ApiProperty({ example: '1 order of 12 May 2026, waiting for shipment' })
  summary!: string;

  @ApiProperty()
  reason!: ExplanationDto;
}

export class WaitingOrdersList {
  @ApiProperty({ type: [WaitingOrdersDto] })
  data!: WaitingOrdersDto[];
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

export function showWaitingOrders({ day, count }: WaitingOrders): WaitingOrdersDto {
  const orders = count === 1 ? '1 order' : `${count} orders`;
  return {
    day,
    orders: count,
    summary: `${orders} of ${DAY.format(new Date(day))}, waiting for shipment`,
    reason: showReason('AWAITING_FULFILMENT'),
  };
}
