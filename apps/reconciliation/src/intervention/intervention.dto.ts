import { ApiProperty } from '@nestjs/swagger';
import { asId, publicId } from '#kernel';
import type { DeliveryState } from '../delivery/delivery-state.js';
import { DELIVERY_STATES, FailureDto, showFailure, showTime } from '../delivery/delivery.dto.js';
import type {
  Intervention,
  InterventionAction,
  InterventionOutcome,
  InterventionResult,
} from './intervention.js';
import type { InterventionReceipt } from './record-intervention.js';

const ACTIONS: readonly InterventionAction[] = ['replay', 'discard'];
const OUTCOMES: readonly InterventionOutcome[] = [
  'applied',
  'already_done',
  'already_under_way',
  'already_discarded',
];

/** The answer to a replay or discard; where it led is read from the dead letter. */
export class InterventionReceiptDto {
  @ApiProperty({ example: 'itv_01h455vb4pex5vsknk084sn02q' })
  readonly interventionId!: string;

  @ApiProperty({ enum: OUTCOMES, description: 'only "applied" changed anything' })
  readonly outcome!: InterventionOutcome;
}

export class InterventionResultDto {
  @ApiProperty({ enum: DELIVERY_STATES })
  readonly state!: DeliveryState;

  @ApiProperty({ type: FailureDto, nullable: true })
  readonly failure!: FailureDto | null;
}

/** What an operator did: who, why, when, and where it led. */
export class InterventionDto {
  @ApiProperty()
  readonly interventionId!: string;

  @ApiProperty({ enum: ACTIONS })
  readonly action!: InterventionAction;

  @ApiProperty({ enum: OUTCOMES })
  readonly outcome!: InterventionOutcome;

  @ApiProperty({ description: 'revision of the data that was the newest then' })
  readonly revision!: number;

  @ApiProperty()
  readonly reason!: string;

  @ApiProperty({ example: 'operator:opr_01h455vb4pex5vsknk084sn02q' })
  readonly actor!: string;

  @ApiProperty({ format: 'date-time' })
  readonly createdAt!: string;

  @ApiProperty({ type: FailureDto, nullable: true, description: 'what had failed before' })
  readonly failureBefore!: FailureDto | null;

  @ApiProperty({ type: InterventionResultDto })
  readonly result!: InterventionResultDto;
}

export const showReceipt = ({ interventionId, outcome }: InterventionReceipt): InterventionReceiptDto => ({
  interventionId: publicId('Intervention', interventionId),
  outcome,
});

export const showIntervention = (
  made: Intervention & { readonly result: InterventionResult },
): InterventionDto => ({
  interventionId: publicId('Intervention', asId('Intervention', made.interventionId)),
  action: made.action,
  outcome: made.outcome,
  revision: made.revision,
  reason: made.reason,
  actor: made.actor,
  createdAt: showTime(made.createdAt),
  failureBefore: showFailure(made.failureBefore),
  result: { state: made.result.state, failure: showFailure(made.result.failure) },
});
