import { runService } from '#bootstrap';
import { APPROVALS } from './service.js';

await runService(APPROVALS);
