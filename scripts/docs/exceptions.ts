import type { Exception, Renders } from '../scan/exception';
import { EXCEPTIONS } from '../scan/exceptions';
import { SCANNERS } from '../scan/scanners';
import { page, table } from './markdown';

/** What scanners find, and why it stays. */
export function exceptionsPage(): string {
  return page(
    'What scanners find, and why it stays',
    '`scripts/scan`',
    '`npm run scan` compares the same list with what the scanners find, in both directions: a finding without a row fails, and so does a ' +
      'row without a finding ([scanners.md](scanners.md)).',
    table(
      ['scanner', 'version', 'what it checks'],
      SCANNERS.map(({ tool, checks }) => [tool.name, tool.version, checks]),
    ),
    'A render is a program, or a program and its environment, as the scan prints it.',
    table(
      ['checks', 'objects, and their renders', 'why it stays', 'what protects all the same'],
      EXCEPTIONS.map(({ checks, objects, reason, instead }) => [
        checksText(checks),
        objectsText(objects),
        reason,
        instead,
      ]),
    ),
  );
}

function checksText(checks: Exception['checks']): string {
  return Object.entries(checks)
    .map(([tool, ids]) => `${tool} ${ids.map((id) => `\`${id}\``).join(', ')}`)
    .join('; ');
}

function objectsText(objects: Exception['objects']): string {
  return Object.entries(objects)
    .map(([object, renders]) => `${object}: ${rendersText(renders)}`)
    .join('; ');
}

function rendersText(renders: Renders): string {
  if ('only' in renders) {
    return renders.only.join(', ');
  }
  return renders.allBut.length === 0 ? 'all' : `all but ${renders.allBut.join(', ')}`;
}
