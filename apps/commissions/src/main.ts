import { runService } from '#bootstrap';
import { COMMISSIONS } from './service.js';

await runService(COMMISSIONS);
