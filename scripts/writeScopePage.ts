// Writes docs/scopes.md: `npm run docs:scopes`.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { scopePage } from '../report/explore/scopePage.ts';

writeFileSync(fileURLToPath(new URL('../docs/scopes.md', import.meta.url)), scopePage());
