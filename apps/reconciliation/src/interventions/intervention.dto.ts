import { ApiProperty } from '@nestjs/swagger';
import { asId, publicId } from '#kernel';
import type { DeliveryState } from '../deliveries/delivery-state.js';
import { DELIVERY_STATES, FailureResponse, showFailure, showTime } from '../deliveries/delivery.dto.js';
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
export class InterventionReceiptResponse {
  @ApiProperty({ example: 'itv_01h455vb4pex5vsknk084sn02q' })
  readonly interventionId: string;
  @ApiProperty({ enum: OUTCOMES, description: 'only "applied" changed anything' })
  readonly outcome: InterventionOutcome;

  constructor(receipt: InterventionReceipt) {
    this.interventionId = publicId('Intervention', receipt.interventionId);
    this.outcome = receipt.outcome;
  }
}

export class InterventionResultResponse {
  @ApiProperty({ enum: DELIVERY_STATES })
  readonly state: DeliveryState;
  @ApiProperty({ type: FailureResponse, nullable: true })
  readonly failure: FailureResponse | null;

  constructor(result: InterventionResult) {
    this.state = result.state;
    this.failure = showFailure(result.failure);
  }
}

/** What an operator did: who, why, when, and where it led. */
export class InterventionResponse {
  @ApiProperty()
  readonly interventionId: string;
  @ApiProperty({ enum: ACTIONS })
  readonly action: InterventionAction;
  @ApiProperty({ enum: OUTCOMES })
  readonly outcome: InterventionOutcome;
  @ApiProperty({ description: 'revision of the data that was the newest then' })
  readonly revision: number;
  @ApiProperty()
  readonly reason: string;
  @ApiProperty({ example: 'operator:01890a5d-ac96-774b-bcce-b302099a8057' })
  readonly actor: string;
  @ApiProperty({ format: 'date-time' })
  readonly createdAt: string;
  @ApiProperty({ type: FailureResponse, nullable: true, description: 'what had failed before' })
  readonly failureBefore: FailureResponse | null;
  @ApiProperty({ type: InterventionResultResponse })
  readonly result: InterventionResultResponse;

  constructor(made: Intervention & { readonly result: InterventionResult }) {
    this.interventionId = publicId('Intervention', asId('Intervention', made.interventionId));
    this.action = made.action;
    this.outcome = made.outcome;
    this.revision = made.revision;
    this.reason = made.reason;
    this.actor = made.actor;
    this.createdAt = showTime(made.createdAt);
    this.failureBefore = showFailure(made.failureBefore);
    this.result = new InterventionResultResponse(made.result);
  }
}
