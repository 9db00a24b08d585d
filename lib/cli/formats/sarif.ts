/// <reference types="node" />
import { isAbsolute } from 'node:path';
import { ACKNOWLEDGEMENT_RULE } from '../../guardrails/acknowledgements';
import type { Finding } from '../../guardrails/finding';
import { showPath } from '../../manifests/fields';
import { nameOf, namespaceOf } from '../../manifests/manifest';
import type { CheckResult, Place } from '../result';
import { packageVersion } from '../version';

/** SARIF 2.1.0, which code scanning services read. */
export function formatSarif({ rules, report, problems, placeOf, fileOf }: CheckResult): string {
  const { findings, acknowledged, notChecked, leftOut } = report;
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'cdk8s-nim',
            version: packageVersion(),
            rules: [...rules, ACKNOWLEDGEMENT_RULE].map(({ id, level, what, why, fix }) => ({
              id,
              shortDescription: { text: what },
              fullDescription: { text: why },
              help: { text: fix },
              defaultConfiguration: { level },
            })),
          },
        },
        results: [
          ...findings.map((finding) => resultOf(finding, placeOf(finding))),
          ...acknowledged.map(({ finding, reason }) => ({
            ...resultOf(finding, placeOf(finding)),
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
              ...[
                ...notChecked.map((object) => ({ object, why: 'not checked' })),
                ...leftOut.map((object) => ({ object, why: 'left out, of another application' })),
              ].map(({ object, why }) => ({
                level: 'note',
                message: { text: `${why}: ${object.kind} (${object.apiVersion})` },
                locations: [location(fileOf(object), undefined)],
              })),
            ],
          },
        ],
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function resultOf({ rule, level, object, path, message, fix }: Finding, { file, line }: Place): object {
  const field = showPath(path);
  const name =
    object === undefined ? [] : [object.kind, namespaceOf(object), nameOf(object)].filter((part) => part !== '');
  return {
    ruleId: rule,
    level,
    message: {
      text: `${object === undefined ? 'app' : name.join('/')}: ${field === '' ? '' : `${field}: `}${message}. Fix: ${fix}.`,
    },
    locations:
      file === undefined
        ? []
        : [
            {
              ...location(file, line),
              logicalLocations: [{ fullyQualifiedName: `${name.join('/')}/${field}`, kind: 'member' }],
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
