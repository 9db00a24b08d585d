import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tool } from '../tools/tool';
import { checkovArguments, checkovFindings } from './checkov';
import { type Finding, normalise, type RawFinding } from './finding';
import { kubeconformArguments, kubeconformFindings } from './kubeconform';
import { kubeLinterArguments, kubeLinterFindings } from './kube-linter';
import { kubeScoreArguments, kubeScoreFindings } from './kube-score';
import { kubesecArguments, kubesecFindings } from './kubesec';
import { polarisArguments, polarisFindings } from './polaris';
import type { Render } from './renders';
import { writeSchemas } from './schemas';
import { SCANNERS, TOOLS } from './tools';
import { trivyArguments, trivyFindings } from './trivy';

/** A scanner that can run here, with every check that it has. */
export interface Scanner {
  readonly tool: Tool;
  readonly scan: (render: Render) => Finding[];
}

/** A scanner that cannot run here. */
export interface Skipped {
  readonly tool: Tool;
  readonly because: string;
}

/** The scanners in the order of `TOOLS`. */
export function scanners(directory: string): (Scanner | Skipped)[] {
  const anySchema = join(directory, 'any.json');
  writeFileSync(anySchema, '{}');
  return [
    scanner(TOOLS['kube-linter'], (file, run) =>
      kubeLinterFindings(run(kubeLinterArguments(file)), readFileSync(file, 'utf8')),
    ),
    scanner(TOOLS['kube-score'], (file, run) => kubeScoreFindings(run(kubeScoreArguments(file)))),
    scanner(TOOLS.polaris, (file, run) => polarisFindings(run(polarisArguments(file)))),
    scanner(TOOLS.kubesec, (file, run) => kubesecFindings(run(kubesecArguments(file, anySchema)))),
    scanner(TOOLS.checkov, (file, run) => checkovFindings(run(checkovArguments(file)))),
    kubeconform(join(directory, 'schemas')),
    scanner(TOOLS.trivy, (file, run) =>
      trivyFindings(run(trivyArguments(file, join(directory, 'trivy'))), readFileSync(file, 'utf8')),
    ),
  ];
}

type Run = (args: string[]) => string;

function scanner(tool: Tool, findings: (file: string, run: Run) => RawFinding[]): Scanner | Skipped {
  return existsSync(SCANNERS.executableOf(tool))
    ? {
        tool,
        scan: ({ name, file }) =>
          normalise(
            tool.name,
            name,
            findings(file, (args) => outputOf(tool, args)),
          ),
      }
    : { tool, because: `not installed: npm run scan:install${tool.onDemand === true ? ` -- ${tool.name}` : ''}` };
}

function kubeconform(directory: string): Scanner | Skipped {
  const kubernetes = process.env['KUBERNETES_SCHEMAS_DIR'];
  const crds = process.env['CRDS_DIR'];
  if (!kubernetes || !crds) {
    return { tool: TOOLS.kubeconform, because: 'KUBERNETES_SCHEMAS_DIR and CRDS_DIR name no schemas' };
  }
  const versions = writeSchemas(kubernetes, crds, directory);
  return scanner(TOOLS.kubeconform, (file, run) =>
    versions.flatMap((version) => kubeconformFindings(run(kubeconformArguments(file, directory, version)), version)),
  );
}

/** What a scanner prints. Its exit code says whether it found something, which is not our question. */
function outputOf(tool: Tool, args: string[]): string {
  const { stdout, stderr, error } = spawnSync(SCANNERS.executableOf(tool), args, {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (error !== undefined || stdout === '') {
    throw new Error(`${tool.name} printed nothing: ${error?.message ?? stderr}`);
  }
  return stdout;
}
