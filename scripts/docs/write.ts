/** Writes the pages that are made from code: npm run docs */
import { writeFileSync } from 'node:fs';
import { PAGES } from './pages';

for (const [path, content] of Object.entries(PAGES)) {
  writeFileSync(path, content());
  console.log(`wrote ${path}`);
}
