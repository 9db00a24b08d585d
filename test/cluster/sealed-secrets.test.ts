import { NgcCredentials, type NgcSealedSecretsProps, SealingScope } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { DIFFICULT_PASSWORDS } from '../support/difficult-passwords';
import { at } from '../support/manifests';
import type { ApiClient } from './support/api-client';
import { useControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { applyRendered, madeSecret, secretIn } from './support/external-secrets';
import { useSealedSecrets } from './support/sealed-secrets';
import { describeWith } from './support/tools';

const DOCKER_CONFIG = '{"auths":{"nvcr.io":{"auth":"ZmFrZTpmYWtl"}}}';

describeWith(['etcd', 'kube-apiserver', 'sealed-secrets', 'kubeseal'], 'Sealed Secrets', () => {
  const plane = useControlPlane();
  const sealedSecrets = useSealedSecrets(plane);

  /** Seals a text for a Secret, as docs/secrets.md does. */
  const sealed = (namespace: string, name: string, text: string): string =>
    sealedSecrets().seal(text, '--namespace', namespace, '--name', name);
  const apply = async (namespace: string, props: NgcSealedSecretsProps): Promise<void> => {
    await applyRendered(plane().api, namespace, (chart) => {
      NgcCredentials.fromSealedSecrets(chart, 'ngc', props);
    });
  };
  const keyAndPull = (namespace: string, key: string): NgcSealedSecretsProps => ({
    apiKey: sealed(namespace, 'ngc-api-secret', key),
    dockerConfig: sealed(namespace, 'ngc-secret', DOCKER_CONFIG),
  });

  it.each([...DIFFICULT_PASSWORDS, 'a'.repeat(4000)].map((key, index) => ({ key, namespace: `key-${index}` })))(
    'makes both Secrets, byte for byte what was sealed: $key',
    async ({ key, namespace }) => {
      await apply(namespace, keyAndPull(namespace, key));
      expect(await madeSecret(plane().api, namespace, 'ngc-api-secret')).toEqual({
        type: 'Opaque',
        data: { NGC_API_KEY: key },
      });
      expect(await madeSecret(plane().api, namespace, 'ngc-secret')).toEqual({
        type: 'kubernetes.io/dockerconfigjson',
        data: { '.dockerconfigjson': DOCKER_CONFIG },
      });
    },
  );

  it('renews the Secret when another value was sealed', async () => {
    await apply('rotation', keyAndPull('rotation', 'first'));
    await madeSecret(plane().api, 'rotation', 'ngc-api-secret');
    await apply('rotation', keyAndPull('rotation', 'second'));
    await eventually('the second key', async () => {
      const secret = await secretIn(plane().api, 'rotation', 'ngc-api-secret');
      return secret?.data['NGC_API_KEY'] === 'second' ? true : undefined;
    });
  });

  it.each([
    [SealingScope.NAMESPACE_WIDE, ['--scope', 'namespace-wide', '--namespace', 'scope-namespace-wide']],
    [SealingScope.CLUSTER_WIDE, ['--scope', 'cluster-wide']],
  ])('takes what was sealed with the scope %s', async (sealingScope, where) => {
    const namespace = `scope-${sealingScope}`;
    const [apiKey, dockerConfig] = ['fake-key', DOCKER_CONFIG].map((text) => sealedSecrets().seal(text, ...where));
    await apply(namespace, { sealingScope, apiKey: apiKey!, dockerConfig: dockerConfig! });
    const { data } = await madeSecret(plane().api, namespace, 'ngc-api-secret');
    expect(data).toEqual({ NGC_API_KEY: 'fake-key' });
  });

  describe('sealed for another Secret', () => {
    it('is refused, and says so', async () => {
      await apply('stranger', {
        ...keyAndPull('elsewhere', 'key'),
        dockerConfig: sealed('stranger', 'ngc-secret', '{}'),
      });
      expect(await refusal(plane().api, 'stranger')).toContain('no key could decrypt secret');
      expect(await secretIn(plane().api, 'stranger', 'ngc-api-secret')).toBeUndefined();
    });

    it('leaves the good Secret alone', async () => {
      await apply('good', keyAndPull('good', 'good'));
      await madeSecret(plane().api, 'good', 'ngc-api-secret');
      await apply('good', keyAndPull('elsewhere', 'wrong'));
      await refusal(plane().api, 'good');
      expect((await secretIn(plane().api, 'good', 'ngc-api-secret'))?.data).toEqual({ NGC_API_KEY: 'good' });
    });
  });
});

/** Waits until the controller says of the newest API key that it cannot read it, and gives its words. */
function refusal(api: ApiClient, namespace: string): Promise<string> {
  const reference = {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: { name: 'ngc-api-secret', namespace },
  };
  return eventually(`an error of ${namespace}`, async () => {
    const object = await api.get(reference);
    const conditions = (at(object, 'status.conditions') ?? []) as readonly Condition[];
    return conditions.find(({ type, status }) => type === 'Synced' && status === 'False')?.message;
  });
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly message: string;
}
