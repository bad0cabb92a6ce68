import { runService } from '#bootstrap';
import { MESSAGING } from './service.js';

await runService(MESSAGING);
