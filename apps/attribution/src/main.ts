import { runService } from '#bootstrap';
import { ATTRIBUTION } from './service.js';

await runService(ATTRIBUTION);
