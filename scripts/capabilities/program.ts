import { readFileSync, writeFileSync } from 'node:fs';
import { replaceCapabilities } from './document';
import { capabilitiesMarkdown } from './markdown';

const DOCUMENT = 'docs/ingress.md';

if (process.argv.includes('--write')) {
  writeFileSync(DOCUMENT, replaceCapabilities(readFileSync(DOCUMENT, 'utf8'), capabilitiesMarkdown()));
  console.log(`wrote ${DOCUMENT}`);
} else {
  console.log(capabilitiesMarkdown());
}
