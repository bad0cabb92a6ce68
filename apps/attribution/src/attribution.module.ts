import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { AddCustomer } from './customer/add-customer.js';
import { AssignCustomer } from './customer/assign-customer.js';
import { CustomerController } from './customer/customer.controller.js';
import { DeleteCustomer } from './customer/delete-customer.js';
import { ListAssignments } from './customer/list-assignments.js';
import { ListCustomers } from './customer/list-customers.js';
import { PartnerCustomerController } from './customer/partner-customer.controller.js';
import { ReadPartnerCustomers } from './customer/read-partner-customers.js';
import { DecisionLogController } from './decision-log/decision-log.controller.js';
import { ReadDecisions } from './decision-log/read-decisions.js';
import { AdmitLateClicks } from './decision/admit-late-clicks.js';
import { AttributeFacts } from './decision/attribute-facts.js';
import { CancelOrders } from './decision/cancel-orders.js';
import { CloseReferrals } from './decision/close-referrals.js';
import { DecisionConsumer } from './decision/decision.consumer.js';
import { ListOutcomes } from './outcome/list-outcomes.js';
import { OutcomeController } from './outcome/outcome.controller.js';
import { ChangePrecedence } from './precedence/change-precedence.js';
import { PrecedenceController } from './precedence/precedence.controller.js';
import { ProofController } from './proof/proof.controller.js';
import { ProofKey } from './proof/proof-key.js';
import { ProofKeyController } from './proof/proof-key.controller.js';
import { SignProof } from './proof/sign-proof.js';
import { ReadTrace } from './trace/read-trace.js';
import { TraceController } from './trace/trace.controller.js';
import { ListWaitingOrders } from './waiting-order/list-waiting-orders.js';
import { WaitingOrderController } from './waiting-order/waiting-order.controller.js';

/** Who referred a customer: decides for every signup, order, lead, deal and action, and explains the decision to those concerned. */
@Module({
  imports: [DatabaseModule.forService('attribution')],
  controllers: [
    DecisionConsumer,
    CustomerController,
    PartnerCustomerController,
    DecisionLogController,
    OutcomeController,
    PrecedenceController,
    ProofController,
    ProofKeyController,
    TraceController,
    WaitingOrderController,
  ],
  providers: [
    AttributeFacts,
    AdmitLateClicks,
    CancelOrders,
    CloseReferrals,
    AddCustomer,
    AssignCustomer,
    DeleteCustomer,
    ListAssignments,
    ListCustomers,
    ReadPartnerCustomers,
    ReadDecisions,
    ListOutcomes,
    ChangePrecedence,
    ProofKey,
    ReadTrace,
    SignProof,
    ListWaitingOrders,
  ],
})
export class AttributionModule {}
