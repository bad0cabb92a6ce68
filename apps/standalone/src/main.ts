import 'reflect-metadata';
import { listen, runProcess } from '#bootstrap';
import { announceOperatorToken } from '../../gateway/src/operator/announce-operator-token.js';
import { createStandalone } from './create-standalone.js';
import { prepareInstallation } from './installation.js';

await runProcess(async () => {
  const installation = await prepareInstallation(process.env);
  try {
    const app = await createStandalone(installation.config);
    await listen(app, installation.config);
    await announceOperatorToken(app);
    const url = await app.getUrl();
    process.stdout.write(`Fairlead listens on ${url}; its API is described at ${url}/docs\n`);
    return {
      stop: async () => {
        await app.close();
        await installation.stop();
      },
    };
  } catch (error) {
    await installation.stop();
    throw error;
  }
});
