import { secretHasKey } from '../../../lib/guardrails/rules/secret-has-key';
import type { Manifest } from '../../../lib/manifests/manifest';
import { alone, nimWith, testRule } from '../../support/rules';

const metadata = { name: 'ngc-api-secret', namespace: 'embeddings' };
const KEY = 'Deployment: spec.template.spec.containers[0].env[5].valueFrom.secretKeyRef.key';

/** The NIM, its last variable from the Secret, and what makes the Secret. */
function nimBeside(maker: Manifest[], reference: object = { name: 'ngc-api-secret', key: 'NGC_API_KEY' }): Manifest[] {
  const variable = { name: 'NGC_API_KEY', valueFrom: { secretKeyRef: reference } };
  return [...nimWith(['Deployment', 'spec.template.spec.containers.0.env.5', variable]), ...maker];
}

function external(spec: object, name = metadata.name): Manifest[] {
  return alone('external-secrets.io/v1', 'ExternalSecret', { metadata: { ...metadata, name }, spec });
}

const template = (data: object, more: object = {}): object => ({ target: { template: { data, ...more } } });
const read = (...keys: string[]): object => ({ data: keys.map((secretKey) => ({ secretKey })) });

function withVolume(items: object[]): Manifest[] {
  const volume = { name: 'key', secret: { secretName: 'ngc-api-secret', items } };
  return [...nimWith(['Deployment', 'spec.template.spec.volumes.0', volume]), ...external(read('NGC_API_KEY'))];
}

testRule(secretHasKey, {
  accepts: {
    'a Secret that is made elsewhere': nimWith(),
    'a key that is read': nimBeside(external(read('NGC_API_KEY'))),
    'a key of the template': nimBeside(external({ ...read('k'), ...template({ NGC_API_KEY: '{{ .k }}' }) })),
    'a key beside a merged template': nimBeside(
      external({ ...read('NGC_API_KEY'), ...template({ other: '' }, { mergePolicy: 'Merge' }) }),
    ),
    'keys that the manifests do not say': nimBeside(external({ dataFrom: [{ extract: { key: 'ngc' } }] })),
    'a template that is elsewhere': nimBeside(external(template({}, { templateFrom: [{ target: 'Data' }] }))),
    'a key that may be missing': nimBeside(external(read('k')), { name: 'ngc-api-secret', key: 'K', optional: true }),
    'a key of a sealed Secret': nimBeside(
      alone('bitnami.com/v1alpha1', 'SealedSecret', { metadata, spec: { encryptedData: { NGC_API_KEY: 'x' } } }),
    ),
    'a file of a volume': withVolume([{ key: 'NGC_API_KEY', path: 'key' }]),
    'a pull secret with a docker configuration': nimBeside(external(read('.dockerconfigjson'), 'ngc-secret')),
  },
  refuses: {
    'a key that is not read': [nimBeside(external(read('k'))), KEY],
    'a key that the template leaves out': [
      nimBeside(external({ ...read('NGC_API_KEY'), ...template({ '.dockerconfigjson': '{{ .NGC_API_KEY }}' }) })),
      KEY,
    ],
    'a key that a Secret does not have': [nimBeside(alone('v1', 'Secret', { metadata, data: { other: '' } })), KEY],
    'a file that is not there': [
      withVolume([{ key: 'api-key', path: 'key' }]),
      'Deployment: spec.template.spec.volumes[0].secret.items[0].key',
    ],
    'a pull secret without a docker configuration': [
      nimBeside(external(read('NGC_API_KEY'), 'ngc-secret')),
      'Deployment: spec.template.spec.imagePullSecrets[0]',
    ],
  },
});
