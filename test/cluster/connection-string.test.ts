import { Duration } from 'cdk8s';
import { ConnectionString, SecretStoreRef } from 'cdk8s-nim';
import { beforeAll, expect, it } from 'vitest';
import { DIFFICULT_PASSWORDS } from '../support/difficult-passwords';
import type { Manifest } from '../support/manifests';
import { useControlPlane } from './support/control-plane';
import {
  applyRendered,
  applyStore,
  clusterStore,
  isAbout,
  madeSecret,
  refusedBySource,
  secretIn,
  useExternalSecrets,
} from './support/external-secrets';
import { expectNoComplaints } from './support/logs';
import { describeWith } from './support/tools';

describeWith(
  ['etcd', 'kube-apiserver', 'external-secrets', 'kube-controller-manager'],
  'External Secrets makes a connection string',
  () => {
    const plane = useControlPlane({ controllerManager: true });
    expectNoComplaints('kube-controller-manager', () => plane().controllerManager);
    useExternalSecrets(plane, isAbout('connection-emptied'));
    const connect = (namespace: string, key: string, refreshInterval = Duration.hours(1)): Promise<Manifest[]> =>
      applyRendered(plane().api, namespace, (chart) => {
        ConnectionString.fromExternalSecrets(chart, 'database', {
          store: SecretStoreRef.cluster('passwords'),
          scheme: 'postgresql',
          host: 'database.data.svc',
          port: 5432,
          path: 'vectors',
          parameters: { sslmode: 'verify-full' },
          user: { key },
          password: { key },
          refreshInterval,
        });
      });
    const store = (more: readonly { key: string; value: string }[] = []): Manifest =>
      clusterStore('passwords', [
        ...DIFFICULT_PASSWORDS.map((value, index) => ({ key: `password-${index}`, value })),
        ...more,
      ]);

    beforeAll(async () => {
      await applyStore(plane().api, store());
    });

    it.each(DIFFICULT_PASSWORDS.map((password, index) => ({ password, index })))(
      'from which the user and the password come back as they were: $password',
      async ({ password, index }) => {
        const namespace = `connection-${index}`;
        await connect(namespace, `password-${index}`);
        const { type, data } = await madeSecret(plane().api, namespace, 'database');
        expect([type, Object.keys(data)]).toEqual(['Opaque', ['uri']]);
        const url = new URL(data['uri'] ?? '');
        expect([url.username, url.password].map(decodeURIComponent)).toEqual([password, password]);
        expect(`${url.protocol}//${url.host}${url.pathname}${url.search}${url.hash}`).toBe(
          'postgresql://database.data.svc:5432/vectors?sslmode=verify-full',
        );
      },
    );

    it('and keeps it when the password is emptied', async () => {
      const namespace = 'connection-emptied';
      await plane().api.apply(store([{ key: 'emptied', value: 'fake' }]));
      await connect(namespace, 'emptied', Duration.seconds(1));
      const good = await madeSecret(plane().api, namespace, 'database');
      await plane().api.apply(store([{ key: 'emptied', value: ' ' }]));
      await refusedBySource(plane().api, namespace, 'database');
      expect(await secretIn(plane().api, namespace, 'database')).toEqual(good);
    });
  },
);
