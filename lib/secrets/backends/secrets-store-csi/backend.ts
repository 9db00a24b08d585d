import { SecretProviderClass } from '../../../../imports/secrets-store.csi.x-k8s.io-secretproviderclass';
import { addObject } from '../../../common/api-object';
import { inOrder } from '../../../common/defined';
import { invalid } from '../../../common/invalid';
import { requireObjectName } from '../../../common/names';
import type { CredentialsBackend } from '../../credentials-backend';
import { requireReferenceText } from '../../reference-text';
import type { NgcSecretsStoreCsiProps } from './props';

/** The CSI driver of the Secrets Store, and the name of its volume in a pod. */
const DRIVER = 'secrets-store.csi.k8s.io';
const VOLUME = 'ngc-api-key';

/**
 * The Secrets Store CSI driver: a SecretProviderClass, of whose file the driver makes the Secret with the API key as long as a pod mounts
 * it. A variable that Kubernetes sets needs that Secret; NIMs read their key from a variable and from no file.
 */
export function secretsStoreCsiBackend(props: NgcSecretsStoreCsiProps): CredentialsBackend {
  return (scope, { apiKey, pullSecretName, labels }) => {
    if (apiKey === undefined) {
      throw invalid({
        what: 'NgcCredentials airGapped',
        value: true,
        because: 'the driver makes the Secret with the API key only, and air-gapped pods get none',
        instead: 'write NgcCredentials.fromSecretNames(chart, id, { airGapped: true })',
      });
    }
    refusePullSecret(props, pullSecretName);
    const parameters = requireParameters(props.parameters);
    const objectName = requireReferenceText('NgcCredentials objectName', props.objectName);
    if (!Object.values(parameters).some((text) => text.includes(objectName))) {
      throw invalid({
        what: 'NgcCredentials objectName',
        value: objectName,
        because: 'no parameter names it, and the driver makes no Secret of a file that is not there',
        instead: 'write it as the parameters do; the alias, where they give the entry one',
      });
    }
    const name = apiKey.secretName;
    const object = addObject(scope, 'ApiKey', SecretProviderClass, {
      metadata: { name, labels },
      spec: {
        provider: requireObjectName('NgcCredentials provider', props.provider),
        parameters,
        secretObjects: [{ secretName: name, type: 'Opaque', data: [{ objectName, key: apiKey.key }] }],
      },
    });
    return {
      objects: [object],
      pullRegistry: undefined,
      apiKeyVolume: {
        name: VOLUME,
        csi: { driver: DRIVER, readOnly: true, volumeAttributes: { secretProviderClass: name } },
      },
    };
  };
}

/** The pull secret has to come from elsewhere, and that has to be said. */
function refusePullSecret(given: NgcSecretsStoreCsiProps, pullSecretName: string | undefined): void {
  if (pullSecretName !== undefined && given.pullSecretName === undefined) {
    throw invalid({
      what: 'NgcCredentials pullSecretName',
      value: undefined,
      because:
        'the driver cannot make the pull secret: it makes a Secret once a pod has mounted the volume, and the kubelet needs the pull secret to start that pod',
      instead:
        'name a Secret that something else makes, for example pullSecretName: "ngc-secret", or write withoutPullSecret: true',
    });
  }
}

function requireParameters(parameters: Readonly<Record<string, string>>): Record<string, string> {
  if (Object.keys(parameters).length === 0) {
    throw invalid({
      what: 'NgcCredentials parameters',
      value: parameters,
      because: 'without parameters the provider reads nothing',
      instead: 'write what the provider documents: the vault, the role, and the entry with the API key',
    });
  }
  for (const [name, text] of Object.entries(parameters)) {
    requireReferenceText(`NgcCredentials parameters ${name}`, text);
  }
  return inOrder(parameters);
}
