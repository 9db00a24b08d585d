/**
 * Runs the scanners of the field on everything that is rendered, and compares with exceptions.ts: npm run scan
 *
 *   SCAN_TOOLS_DIR=<directory>           where `npm run scan:install` put the scanners
 *   KUBERNETES_SCHEMAS_DIR, CRDS_DIR     schemas for kubeconform, as for `npm run test:schemas`
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compare } from './compare';
import { EXCEPTIONS } from './exceptions';
import { renderAll } from './renders';
import { runScanner, whySkipped } from './run-scanner';
import type { Scanner } from './scanner';
import { SCANNERS } from './scanners';

const LEDGER = 'scripts/scan/exceptions.ts';

function scan(directory: string): void {
  const renders = renderAll(directory);
  const ran: string[] = [];
  const findings = SCANNERS.flatMap((scanner: Scanner) => {
    const { name, version } = scanner.tool;
    const because = whySkipped(scanner);
    if (because !== undefined) {
      console.log(`skipped: ${name} ${version}: ${because}`);
      return [];
    }
    ran.push(name);
    const found = renders.map((render) => ({ render: render.name, findings: runScanner(scanner, render, directory) }));
    const counts = found.map(({ render, findings }) => `${render} ${findings.length}`);
    console.log(`${name} ${version}: ${counts.join(', ')}`);
    return found.flatMap((result) => result.findings);
  });
  if (ran.length === 0) {
    throw new Error('no scanner ran');
  }
  const names = renders.map(({ name }) => name);
  const { unlisted, outdated } = compare(EXCEPTIONS, findings, { tools: ran, renders: names });
  for (const { tool, check, object, render, detail } of unlisted) {
    console.log(`not listed: ${tool} ${check}, ${object} in ${render}: ${detail}`);
  }
  for (const { tool, check, object, render } of outdated) {
    console.log(`listed, but not found: ${tool} ${check}, ${object} in ${render}`);
  }
  if (unlisted.length + outdated.length > 0) {
    throw new Error(`${unlisted.length} not listed in ${LEDGER}, ${outdated.length} listed but not found`);
  }
  console.log(`${findings.length} findings in ${names.length} renders, each of them in ${LEDGER}`);
}

const directory = mkdtempSync(join(tmpdir(), 'cdk8s-nim-scan-'));
try {
  scan(directory);
} finally {
  rmSync(directory, { recursive: true, force: true });
}
