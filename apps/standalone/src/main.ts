import 'reflect-metadata';
import { serve } from '#bootstrap';
import { announceOperatorToken } from '../../gateway/src/operator/announce-operator-token.js';
import { createStandalone } from './create-standalone.js';
import { prepareInstallation } from './installation.js';

const installation = await prepareInstallation(process.env);
const app = await createStandalone(installation.config);
await serve(app, installation.config, () => installation.stop());
await announceOperatorToken(app);
const url = await app.getUrl();
process.stdout.write(`Fairlead listens on ${url}; its API is described at ${url}/docs\n`);
