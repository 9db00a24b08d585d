import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderText } from '../support/change';
import { at, find, type Manifest } from '../support/manifests';
import { type ApplicationState, useArgoCdSystem } from './support/argo-cd-system';
import { useControlPlane } from './support/control-plane';
import { eventually } from './support/eventually';
import { initialProgram } from './support/initial-program';
import { useManifestRepository } from './support/manifest-repository';
import { describeWith } from './support/tools';

const HOST = 'git.outages.example.com';
const APPLICATION = 'embeddings-production';
const FOLDER = 'envs/production';
/** What makes a policy let everybody in. */
const OPENED = { spec: { policyTypes: ['Egress'] } };
const CLOSED = ['Egress', 'Ingress'];
/** A webhook for Middlewares, like that of an operator, of which no pod is there. */
const AWAY: Manifest = {
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'away' },
  webhooks: [
    {
      name: 'away.example.com',
      failurePolicy: 'Fail',
      sideEffects: 'None',
      admissionReviewVersions: ['v1'],
      clientConfig: { url: 'https://127.0.0.1:9/validate' },
      rules: [
        { apiGroups: ['traefik.io'], apiVersions: ['*'], operations: ['CREATE', 'UPDATE'], resources: ['middlewares'] },
      ],
    },
  ],
};

describeWith(
  ['etcd', 'kube-apiserver', 'kube-controller-manager', 'redis-server', 'argo-cd'],
  "Argo CD's controllers, while a webhook is away",
  () => {
    const plane = useControlPlane({ controllerManager: true });
    const repository = useManifestRepository();
    const argoCd = useArgoCdSystem(plane, () => ({ repository: repository(), host: HOST }));
    let program = '';
    /** Publishes another rate limit. */
    const publish = (rate: number): void => {
      repository().publish(renderText(program.replace('requestsPerSecond: 20', `requestsPerSecond: ${rate}`)));
    };
    const live = async (kind: string, name: string, path: string): Promise<unknown> =>
      at(await plane().api.get(find(repository().committed(FOLDER), kind, name)), path);
    const liveRate = (): Promise<unknown> => live('Middleware', 'text-embedding-rate-limit', 'spec.rateLimit.average');
    const livePolicy = (): Promise<unknown> => live('NetworkPolicy', 'text-embedding', 'spec.policyTypes');
    const patchApplication = async (patch: object): Promise<void> => {
      await plane().api.patch((await argoCd().application(APPLICATION))!, patch);
    };
    const annotate = (name: string, value: string | null): Promise<void> =>
      patchApplication({ metadata: { annotations: { [`argocd.argoproj.io/${name}`]: value } } });
    const refused = ({ message }: ApplicationState): boolean => message.includes('failed calling webhook');

    beforeAll(async () => {
      program = initialProgram(`https://${HOST}/${repository().path}`);
      publish(20);
      for (const object of repository().committed('argocd')) await plane().api.apply(object);
      await argoCd().synced(APPLICATION, repository().revision);
    });
    afterAll(() => {
      // It complains of every try.
      argoCd().complaints();
    });

    describe('a commit of that time', () => {
      const policy = (): Manifest => find(repository().committed(FOLDER), 'NetworkPolicy');
      const becomes = (rate: number): Promise<true> =>
        eventually(`a rate limit of ${rate}`, async () => ((await liveRate()) === rate ? true : undefined));

      it('is called Synced and is not applied, also after it; drift is healed', async () => {
        await plane().api.apply(AWAY);
        publish(30);
        await argoCd().synced(APPLICATION, repository().revision);
        await plane().api.patch(policy(), OPENED);
        await eventually('a closed policy', async () =>
          isDeepStrictEqual(await livePolicy(), CLOSED) ? true : undefined,
        );
        await plane().api.delete(AWAY);
        await argoCd().looksAgain(APPLICATION);
        expect(await liveRate()).toBe(20);
      });

      it('is applied by a refresh', async () => {
        await annotate('refresh', 'normal');
        await becomes(30);
      });

      it('is applied with the next commit', async () => {
        await plane().api.apply(AWAY);
        publish(33);
        await argoCd().synced(APPLICATION, repository().revision);
        expect(await liveRate()).toBe(30);
        await plane().api.delete(AWAY);
        publish(36);
        await becomes(36);
        await argoCd().synced(APPLICATION, repository().revision);
      });
    });

    describe('without ServerSideDiff', () => {
      beforeAll(() => annotate('compare-options', null));

      it('is tried again and again, and applied without a person once the webhook is back', async () => {
        await plane().api.apply(AWAY);
        publish(40);
        await argoCd().until(APPLICATION, 'is tried again', (state) => state.retries > 0 && refused(state));
        await plane().api.delete(AWAY);
        await argoCd().synced(APPLICATION, repository().revision);
        expect(await liveRate()).toBe(40);
      });

      it('with a limit of retries it gives up, and heals nothing until the next commit', async () => {
        const backoff = { duration: '1s', factor: 1, maxDuration: '1s' };
        await patchApplication({ spec: { syncPolicy: { retry: { limit: 1, backoff } } } });
        await plane().api.apply(AWAY);
        publish(50);
        await argoCd().until(APPLICATION, 'gives up', (state) => state.phase === 'Failed' && refused(state));
        await plane().api.delete(AWAY);
        await plane().api.patch(find(repository().committed(FOLDER), 'NetworkPolicy'), OPENED);
        await argoCd().looksAgain(APPLICATION);
        expect([await liveRate(), await livePolicy()]).toEqual([40, OPENED.spec.policyTypes]);

        publish(60);
        await argoCd().synced(APPLICATION, repository().revision);
        expect([await liveRate(), await livePolicy()]).toEqual([60, CLOSED]);
      });
    });
  },
);
