import { Module } from '@nestjs/common';
import { DatabaseModule } from '#database';
import { CustomerController } from './customer/customer.controller.js';
import { ListCustomers } from './customer/list-customers.js';
import { PartnerCustomerController } from './customer/partner-customer.controller.js';
import { ReadPartnerCustomers } from './customer/read-partner-customers.js';
import { DecisionLogController } from './decision-log/decision-log.controller.js';
import { ReadDecisions } from './decision-log/read-decisions.js';
import { AdmitLateClicks } from './decision/admit-late-clicks.js';
import { AttributeFacts } from './decision/attribute-facts.js';
import { DecisionConsumer } from './decision/decision.consumer.js';
import { ListOutcomes } from './outcome/list-outcomes.js';
import { OutcomeController } from './outcome/outcome.controller.js';
import { ReadTrace } from './trace/read-trace.js';
import { TraceController } from './trace/trace.controller.js';
import { ListWaitingOrders } from './waiting-order/list-waiting-orders.js';
import { WaitingOrderController } from './waiting-order/waiting-order.controller.js';

/** Who referred a customer: decides for every signup and order, and explains the decision to those concerned. */
@Module({
  imports: [DatabaseModule.forService('attribution')],
  controllers: [
    DecisionConsumer,
    CustomerController,
    PartnerCustomerController,
    DecisionLogController,
    OutcomeController,
    TraceController,
    WaitingOrderController,
  ],
  providers: [
    AttributeFacts,
    AdmitLateClicks,
    ListCustomers,
    ReadPartnerCustomers,
    ReadDecisions,
    ListOutcomes,
    ReadTrace,
    ListWaitingOrders,
  ],
})
export class AttributionModule {}
