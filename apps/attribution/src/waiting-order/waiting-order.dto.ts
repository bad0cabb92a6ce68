import { ApiProperty } from '@nestjs/swagger';
import { ATTRIBUTION_METHODS, type AttributionMethod } from '#contracts';
import { ExplanationDto, showReason } from '../explanation.dto.js';
import type { WaitingOrders } from './list-waiting-orders.js';

export class WaitingOrdersDto {
  @ApiProperty({ format: 'date', example: '2026-05-12', description: "A day in the program's time zone" })
  day!: string;

  @ApiProperty({ example: 1 })
  orders!: number;

  @ApiProperty({ enum: ATTRIBUTION_METHODS, description: 'How they were credited to you' })
  method!: AttributionMethod;

  @ApiProperty({ example: '1 order of 12 May 2026 by your code, waiting for shipment' })
  summary!: string;

  @ApiProperty()
  reason!: ExplanationDto;
}

export class WaitingOrdersList {
  @ApiProperty({ type: [WaitingOrdersDto] })
  data!: WaitingOrdersDto[];
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

const WAYS: Readonly<Partial<Record<AttributionMethod, string>>> = {
  last_click: 'by your link',
  code: 'by your code',
};
const FATES: Readonly<Record<WaitingOrders['reason'], string>> = {
  AWAITING_FULFILMENT: 'waiting for shipment',
  CANCELLED_BEFORE_FULFILMENT: 'cancelled before shipment',
  DELETED_BEFORE_FULFILMENT: 'deleted by the company before shipment',
};

export function showWaitingOrders({ day, method, reason, count }: WaitingOrders): WaitingOrdersDto {
  const orders = count === 1 ? '1 order' : `${count} orders`;
  return {
    day,
    orders: count,
    method,
    summary: `${orders} of ${DAY.format(new Date(day))} ${WAYS[method] ?? 'by a customer of yours'}, ${FATES[reason]}`,
    reason: showReason(reason),
  };
}
