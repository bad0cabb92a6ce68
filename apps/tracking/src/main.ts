import { runService } from '#bootstrap';
import { TRACKING } from './service.js';

await runService(TRACKING);
