import { runService } from '#bootstrap';
import { RECONCILIATION } from './service.js';

await runService(RECONCILIATION);
