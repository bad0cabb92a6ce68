import 'reflect-metadata';
import { serve } from '#bootstrap';
import { EnsureOperatorToken } from '../../gateway/src/operator/ensure-operator-token.js';
import { createStandalone } from './create-standalone.js';
import { prepareInstallation } from './installation.js';

const installation = await prepareInstallation(process.env);
const app = await createStandalone(installation.config);
const operatorToken = await app.get(EnsureOperatorToken).execute();
await serve(app, installation.config, () => installation.stop());

const url = await app.getUrl();
process.stdout.write(`Fairlead listens on ${url}; its API is described at ${url}/docs\n`);
if (operatorToken !== null) {
  process.stdout.write(`Operator token, shown this once: ${operatorToken}\n`);
}
