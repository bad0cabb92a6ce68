import { writeFile } from 'node:fs/promises';
import { apiDocumentOf } from '#bootstrap';
import { SERVICES } from './services.js';

/** `npm run openapi`: writes the API's document; `-- --print` shows it instead. */
const text = `${JSON.stringify(await apiDocumentOf(SERVICES), null, 2)}\n`;
if (process.argv.includes('--print')) process.stdout.write(text);
else await writeFile('docs/openapi.json', text);
