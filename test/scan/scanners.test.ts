import { describe, expect, test } from 'vitest';
import { checkovFindings } from '../../scripts/scan/checkov';
import { normalise } from '../../scripts/scan/finding';
import { kubeconformFindings } from '../../scripts/scan/kubeconform';
import { kubeLinterFindings } from '../../scripts/scan/kube-linter';
import { kubeScoreFindings } from '../../scripts/scan/kube-score';
import { kubesecFindings } from '../../scripts/scan/kubesec';
import { polarisFindings } from '../../scripts/scan/polaris';
import { trivyFindings } from '../../scripts/scan/trivy';

describe('kube-linter', () => {
  const report = {
    Check: 'no-read-only-root-fs',
    Diagnostic: { Message: 'no read-only root' },
    Object: {
      K8sObject: { Namespace: 'embeddings', Name: 'text-embedding', GroupVersionKind: { Kind: 'Deployment' } },
    },
  };

  test('a report is a finding', () => {
    expect(kubeLinterFindings(JSON.stringify({ Reports: [report] }), 'kind: Deployment')).toEqual([
      { check: 'no-read-only-root-fs', object: 'Deployment/text-embedding', detail: 'no read-only root' },
    ]);
  });

  test('no reports are no findings', () => {
    expect(kubeLinterFindings('{ "Reports": null }', 'kind: Deployment')).toEqual([]);
  });

  test.each(['ignore-check.kube-linter.io/no-read-only-root-fs', 'kube-linter.io/ignore-all'])(
    'an annotation that turns checks off ends the scan: %s',
    (annotation) => {
      const manifests = `metadata:\n  annotations:\n    ${annotation}: because`;
      expect(() => kubeLinterFindings('{ "Reports": null }', manifests)).toThrow(
        `an annotation turns checks of kube-linter off, list the findings instead: ${annotation}`,
      );
    },
  );
});

describe('polaris', () => {
  const check = (ID: string, Success: boolean) => ({
    [ID]: { ID, Success, Message: `about ${ID}`, Severity: 'warning' },
  });
  const finding = (check: string, object: string) => ({ check, object, detail: `about ${check}` });

  test('what fails in an object, in its pods or in their containers is a finding of the object', () => {
    const Results = [
      {
        Kind: 'Deployment',
        Name: 'text-embedding',
        Results: { ...check('deploymentMissingReplicas', false), ...check('missingPodDisruptionBudget', true) },
        PodResult: {
          Results: check('priorityClassNotSet', false),
          ContainerResults: [
            { Results: { ...check('pullPolicyNotAlways', true), ...check('notReadOnlyRootFilesystem', false) } },
          ],
        },
      },
      { Kind: 'Ingress', Name: 'text-embedding', Results: check('tlsSettingsMissing', false), PodResult: null },
    ];
    expect(polarisFindings(JSON.stringify({ Results }))).toEqual([
      finding('deploymentMissingReplicas', 'Deployment/text-embedding'),
      finding('priorityClassNotSet', 'Deployment/text-embedding'),
      finding('notReadOnlyRootFilesystem', 'Deployment/text-embedding'),
      finding('tlsSettingsMissing', 'Ingress/text-embedding'),
    ]);
  });

  test('a run that read nothing ends the scan, because it would find nothing either', () => {
    expect(() => polarisFindings('{ "Results": [] }')).toThrow('polaris read no object');
  });
});

describe('kube-score', () => {
  const object = (checks: object[]) =>
    JSON.stringify([{ type_meta: { kind: 'Deployment' }, object_meta: { name: 'text-embedding' }, checks }]);

  test('a critical result and a warning are findings, with what it says of each container', () => {
    const output = object([
      {
        check: { id: 'container-image-tag' },
        grade: 1,
        skipped: false,
        comments: [{ path: 'nim', summary: 'Image with latest tag' }],
      },
      {
        check: { id: 'deployment-replicas' },
        grade: 5,
        skipped: false,
        comments: [{ path: '', summary: 'few replicas' }],
      },
    ]);
    expect(kubeScoreFindings(output)).toEqual([
      { check: 'container-image-tag', object: 'Deployment/text-embedding', detail: 'nim: Image with latest tag' },
      { check: 'deployment-replicas', object: 'Deployment/text-embedding', detail: 'few replicas' },
    ]);
  });

  test('a passed check and one that does not apply are none', () => {
    const output = object([
      { check: { id: 'pod-probes' }, grade: 10, skipped: false, comments: null },
      { check: { id: 'statefulset-has-servicename' }, grade: 1, skipped: true, comments: null },
    ]);
    expect(kubeScoreFindings(output)).toEqual([]);
  });
});

test('kube-score finds nothing where there is no object that it knows', () => {
  expect(kubeScoreFindings('null')).toEqual([]);
});

describe('kubesec', () => {
  const report = {
    object: 'Deployment/text-embedding.embeddings',
    valid: true,
    message: 'Passed with a score of 9 points',
  };

  test('lost points and missed points are findings, earned ones are none', () => {
    const scoring = {
      critical: [{ id: 'Privileged', reason: 'full access', points: -30 }],
      passed: [{ id: 'CapDropAll', reason: 'fewer calls', points: 1 }],
      advise: [{ id: 'RunAsUser', reason: 'high ids', points: 1 }],
    };
    expect(kubesecFindings(JSON.stringify([{ ...report, scoring }]))).toEqual([
      { check: 'Privileged', object: 'Deployment/text-embedding', detail: 'full access' },
      { check: 'RunAsUser', object: 'Deployment/text-embedding', detail: 'high ids' },
    ]);
  });

  test('an object of a kind that it does not know has none', () => {
    const output = JSON.stringify([{ ...report, object: 'Service/text-embedding.embeddings', scoring: {} }]);
    expect(kubesecFindings(output)).toEqual([]);
  });

  test('an object that it cannot read ends the scan', () => {
    const output = JSON.stringify([{ ...report, valid: false, message: 'no schema', scoring: {} }]);
    expect(() => kubesecFindings(output)).toThrow(
      'kubesec could not read Deployment/text-embedding.embeddings: no schema',
    );
  });
});

describe('checkov', () => {
  const result = (check_id: string, resource: string) => ({
    check_id,
    check_name: 'Image should use digest',
    resource,
  });
  const output = (failed_checks: object[], skipped_checks: object[] = [], parsing_errors: string[] = []) =>
    JSON.stringify({ results: { passed_checks: [], failed_checks, skipped_checks, parsing_errors } });

  test('a failed check is a finding, also of an object with a dot in its name', () => {
    const failed = [
      result('CKV_K8S_43', 'Deployment.embeddings.text-embedding'),
      result('CKV_K8S_43', 'Deployment.embeddings.text.embedding'),
    ];
    expect(checkovFindings(output(failed))).toEqual([
      { check: 'CKV_K8S_43', object: 'Deployment/text-embedding', detail: 'Image should use digest' },
      { check: 'CKV_K8S_43', object: 'Deployment/text.embedding', detail: 'Image should use digest' },
    ]);
  });

  test('manifests of kinds that it does not know have none', () => {
    expect(checkovFindings(JSON.stringify({ passed: 0, parsing_errors: 0, resource_count: 0 }))).toEqual([]);
  });

  test('a check that an annotation of the manifest skips is a finding too', () => {
    const skipped = [result('CKV_K8S_43', 'Deployment.embeddings.text-embedding')];
    expect(checkovFindings(output([], skipped))).toHaveLength(1);
  });

  test.each([
    ['manifests that it cannot read', output([], [], ['render.yaml'])],
    ['a file that it cannot parse', JSON.stringify({ passed: 0, parsing_errors: 1, resource_count: 0 })],
    ['a run without results', JSON.stringify({ passed: 0, failed: 0 })],
  ])('%s end the scan', (_, text) => {
    expect(() => checkovFindings(text)).toThrow('checkov could not read the manifests');
  });
});

describe('kubeconform', () => {
  test('an invalid object and one without a schema are findings of their version of Kubernetes', () => {
    const output = JSON.stringify({
      resources: [
        { kind: 'Deployment', name: 'text-embedding', status: 'statusInvalid', msg: 'bogus is not allowed' },
        { kind: 'Route', name: 'text-embedding', status: 'statusError', msg: 'could not find schema for Route' },
        { kind: 'Service', name: 'text-embedding', status: 'statusValid', msg: '' },
      ],
    });
    expect(kubeconformFindings(output, 'v1.28')).toEqual([
      { check: 'statusInvalid-v1.28', object: 'Deployment/text-embedding', detail: 'bogus is not allowed' },
      { check: 'statusError-v1.28', object: 'Route/text-embedding', detail: 'could not find schema for Route' },
    ]);
  });

  test('a run that read nothing ends the scan, because it would find nothing either', () => {
    expect(() => kubeconformFindings('{ "resources": [] }', 'v1.28')).toThrow('kubeconform read no object');
  });
});

describe('trivy', () => {
  const MANIFESTS = [
    'kind: Service',
    'metadata:',
    '  name: front',
    '---',
    'kind: Job',
    'metadata:',
    '  name: back',
    '',
  ].join('\n');
  const output = (StartLine: number) =>
    JSON.stringify({
      Results: [
        { Target: 'render.yaml' },
        { Misconfigurations: [{ ID: 'KSV-0014', Message: 'read-only root', CauseMetadata: { StartLine } }] },
      ],
    });

  test.each([
    [1, 'Service/front'],
    [3, 'Service/front'],
    [5, 'Job/back'],
    [7, 'Job/back'],
  ])('a finding on line %i is one of %s', (line, object) => {
    expect(trivyFindings(output(line), MANIFESTS)).toEqual([{ check: 'KSV-0014', object, detail: 'read-only root' }]);
  });

  test('no results are no findings', () => {
    expect(trivyFindings('{}', MANIFESTS)).toEqual([]);
  });
});

test('a check that fails for several containers of an object is one finding', () => {
  const of = (check: string, object: string) => ({ check, object, detail: '' });
  const raw = [of('b', 'Deployment/x'), of('a', 'Deployment/y'), of('b', 'Deployment/x')];
  expect(normalise('checkov', 'strict', raw)).toEqual([
    { tool: 'checkov', render: 'strict', ...of('a', 'Deployment/y') },
    { tool: 'checkov', render: 'strict', ...of('b', 'Deployment/x') },
  ]);
});
