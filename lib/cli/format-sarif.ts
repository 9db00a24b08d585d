/// <reference types="node" />
import { isAbsolute } from 'node:path';
import { RULES } from '../guardrails/rules';
import { ACKNOWLEDGEMENT_RULE } from '../guardrails/acknowledgements';
import type { CheckResult, PlacedFinding } from './result';
import { packageVersion } from './version';

/** SARIF 2.1.0, which code scanning services read. */
export function formatSarif({ findings, acknowledged, problems, notChecked }: CheckResult): string {
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdk8s-nim',
            version: packageVersion(),
            rules: [...RULES, ACKNOWLEDGEMENT_RULE].map(({ id, level, what, why, fix }) => ({
              id,
              shortDescription: { text: what },
              fullDescription: { text: why },
              help: { text: fix },
              defaultConfiguration: { level },
            })),
          },
        },
        results: [
          ...findings.map((finding) => resultOf(finding)),
          ...acknowledged.map(({ finding, reason }) => ({
            ...resultOf(finding),
            suppressions: [{ kind: 'external', justification: reason }],
          })),
        ],
        invocations: [
          {
            executionSuccessful: problems.length === 0,
            toolExecutionNotifications: [
              ...problems.map(({ file, line, message }) => ({
                level: 'error',
                message: { text: message },
                locations: [location(file, line)],
              })),
              ...notChecked.map(({ object, apiVersion, file }) => ({
                level: 'note',
                message: { text: `not checked: ${object.kind} (${apiVersion})` },
                locations: [location(file, undefined)],
              })),
            ],
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf({ rule, level, kind, namespace, name, path, message, fix, file, line }: PlacedFinding): object {
  const object = [kind, namespace, name].filter((part) => part !== undefined).join('/');
  return {
    ruleId: rule,
    level,
    message: { text: `${object === '' ? 'app' : object}: ${path === '' ? '' : `${path}: `}${message}. Fix: ${fix}.` },
    locations:
      file === undefined
        ? []
        : [
            {
              ...location(file, line),
              logicalLocations: [{ fullyQualifiedName: `${object}/${path}`, kind: 'member' }],
            },
          ],
  };
}

function location(file: string, line: number | undefined): { readonly physicalLocation: object } {
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file) },
      ...(line === undefined ? {} : { region: { startLine: line } }),
    },
  };
}

/** Relative, as the file was named; an absolute one with its scheme. */
function uriOf(file: string): string {
  const path = file.replaceAll('\\', '/').split('/').map(encodeURIComponent).join('/');
  return isAbsolute(file) ? `file://${path.startsWith('/') ? '' : '/'}${path}` : path;
}
