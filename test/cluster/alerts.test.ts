import { type Chart, Duration } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import {
  ContainerImage,
  EmbeddingModel,
  IngressController,
  IngressFeature,
  IngressTls,
  ModelCache,
  NgcCredentials,
  RateLimit,
  SecretStoreRef,
  type SecureIngressOptions,
  type TextEmbeddingNimProps,
} from 'cdk8s-nim';
import { find, type Manifest } from '../support/manifests';
import { ingressOptions } from '../support/nims';
import { renderWatchedNim } from '../support/observability';
import { type AlertCase, checkRules, runAlertCase, type Series } from './support/promtool';
import { describeWith } from './support/tools';

/** Two replicas, whose secrets and certificate are made by operators, behind Traefik. */
function props(chart: Chart): Partial<TextEmbeddingNimProps> {
  return {
    replicas: 2,
    modelCache: ModelCache.ephemeral(),
    startupTimeout: Duration.minutes(20),
    credentials: NgcCredentials.fromExternalSecrets(chart, 'watched', {
      store: SecretStoreRef.cluster('vault'),
      apiKey: { key: 'nvidia/ngc' },
    }),
    ingress: {
      ...ingressOptions(chart),
      controller: IngressController.traefik(),
      tls: IngressTls.fromClusterIssuer('letsencrypt'),
    },
  };
}

function rules(more: Partial<TextEmbeddingNimProps> = {}): Manifest {
  return find(
    renderWatchedNim((chart) => ({ ...props(chart), ...more })),
    'PrometheusRule',
  );
}

const DEPLOYMENT = 'namespace="embeddings",deployment="text-embedding"';
const POD = 'namespace="embeddings",pod="text-embedding-7d9c5b8f6-x2x4z"';
const OTHER_POD = 'namespace="embeddings",pod="text-embedding-fill-7d9c5b8f6-x2x4z"';
const NIM = `${POD},container="nim"`;
const WANTED: Series = { [`kube_deployment_spec_replicas{${DEPLOYMENT}}`]: '2x60' };
const UP = `up{job="embeddings/text-embedding",${POD},endpoint="http-api"}`;
const ROUTER = 'router="embeddings-text-embedding-embeddings-example-com-v1-embeddings@kubernetes"';
const SECRET = 'externalsecret_status_condition{name="ngc-secret",condition="Ready",status="False"';
const CERTIFICATE = 'name="text-embedding-tls",exported_namespace="embeddings",namespace="cert-manager"';
/** A certificate that is renewed after 10 hours, and ends after 14. */
const RENEWED_AFTER_10_OF_14_HOURS: Series = {
  [`certmanager_certificate_renewal_timestamp_seconds{${CERTIFICATE}}`]: '36000x900',
  [`certmanager_certificate_expiration_timestamp_seconds{${CERTIFICATE}}`]: '50400x900',
};

function answers(code: string, others: string): Series {
  return {
    [`traefik_router_requests_total{${ROUTER},code="${code}"}`]: '0+60x40',
    [`traefik_router_requests_total{${ROUTER},code="200"}`]: others,
  };
}

const FIRES: Record<string, readonly [minutes: number, series: Series]> = {
  ApiDown: [3, { ...WANTED, [`kube_deployment_status_replicas_ready{${DEPLOYMENT}}`]: '0x10' }],
  ApiPodCrashLooping: [
    15,
    { [`kube_pod_container_status_waiting_reason{${NIM},reason="CrashLoopBackOff"}`]: '1 _ _ 1 _ _ 1 _ _ 1 _ _ 1 1 1' },
  ],
  ApiPodCannotStart: [
    12,
    { [`kube_pod_container_status_waiting_reason{${NIM},reason="CreateContainerConfigError"}`]: '1x15' },
  ],
  ApiPodNotReady: [21, { [`kube_pod_container_status_ready{${NIM}}`]: '0x30' }],
  ApiRolloutStuck: [
    3,
    { [`kube_deployment_status_condition{${DEPLOYMENT},condition="Progressing",status="false"}`]: '1x10' },
  ],
  ApiPodUnschedulable: [16, { [`kube_pod_status_unschedulable{${POD}}`]: '1x30' }],
  ApiNotCounted: [16, { [`kube_deployment_spec_replicas{namespace="embeddings",deployment="other"}`]: '1x30' }],
  ApiNotScraped: [12, { [UP]: '0x20', [`kube_pod_status_ready{${POD},condition="true"}`]: '1x20' }],
  ApiSecretNotReady: [16, { [`${SECRET},namespace="embeddings"}`]: '1x30' }],
  ApiCertificateNotRenewed: [12 * 60 + 20, RENEWED_AFTER_10_OF_14_HOURS],
  ApiCertificateNotReady: [31, { [`certmanager_certificate_ready_status{${CERTIFICATE},condition="False"}`]: '1x40' }],
  ApiServerErrors: [20, answers('502', '0+600x40')],
  ApiRateLimited: [25, answers('429', '0+120x40')],
};

const SILENT: Record<string, Record<string, readonly [minutes: number, series: Series]>> = {
  ApiDown: {
    'one pod is ready': [20, { ...WANTED, [`kube_deployment_status_replicas_ready{${DEPLOYMENT}}`]: '1x30' }],
    'nobody wants a pod': [
      20,
      {
        [`kube_deployment_spec_replicas{${DEPLOYMENT}}`]: '0x30',
        [`kube_deployment_status_replicas_ready{${DEPLOYMENT}}`]: '0x30',
      },
    ],
  },
  ApiPodCrashLooping: {
    'another container waits': [
      15,
      { [`kube_pod_container_status_waiting_reason{${POD},container="sidecar",reason="CrashLoopBackOff"}`]: '1x20' },
    ],
    'the pod is that of a Job': [
      15,
      { [`kube_pod_container_status_waiting_reason{${OTHER_POD},container="nim",reason="CrashLoopBackOff"}`]: '1x20' },
    ],
  },
  ApiPodCannotStart: {
    'the container is being made': [
      30,
      { [`kube_pod_container_status_waiting_reason{${NIM},reason="ContainerCreating"}`]: '1x40' },
    ],
  },
  ApiPodNotReady: {
    'the time of the start is not over': [19, { [`kube_pod_container_status_ready{${NIM}}`]: '0x30' }],
    'the image is still pulled': [
      40,
      {
        [`kube_pod_container_status_ready{${NIM}}`]: '0x60',
        [`kube_pod_container_status_waiting_reason{${NIM},reason="ContainerCreating"}`]: '1x60',
      },
    ],
  },
  ApiRolloutStuck: {
    'the rollout progresses': [
      30,
      { [`kube_deployment_status_condition{${DEPLOYMENT},condition="Progressing",status="false"}`]: '0x40' },
    ],
  },
  ApiPodUnschedulable: {
    'a node comes within minutes': [30, { [`kube_pod_status_unschedulable{${POD}}`]: '1x10 _x30' }],
  },
  ApiNotCounted: { 'the Deployment is counted': [30, WANTED] },
  ApiNotScraped: {
    'the pod still loads its model': [30, { [UP]: '0x40', [`kube_pod_status_ready{${POD},condition="true"}`]: '0x40' }],
  },
  ApiSecretNotReady: {
    'the secret is of another namespace': [30, { [`${SECRET},namespace="other"}`]: '1x40' }],
    'it is ready': [30, { [`${SECRET},namespace="embeddings"}`]: '0x40' }],
  },
  ApiCertificateNotRenewed: {
    'there is time for a renewal': [11 * 60, RENEWED_AFTER_10_OF_14_HOURS],
    'it was never issued': [
      30,
      {
        [`certmanager_certificate_renewal_timestamp_seconds{${CERTIFICATE}}`]: '0x60',
        [`certmanager_certificate_expiration_timestamp_seconds{${CERTIFICATE}}`]: '0x60',
      },
    ],
  },
  ApiCertificateNotReady: {
    'it is ready': [40, { [`certmanager_certificate_ready_status{${CERTIFICATE},condition="False"}`]: '0x60' }],
  },
  ApiServerErrors: {
    'a few of many fail': [30, answers('502', '0+6000x40')],
    'nobody calls': [30, { [`traefik_router_requests_total{${ROUTER},code="502"}`]: '5x40' }],
    'another host fails': [
      30,
      {
        'traefik_router_requests_total{router="embeddings-text-embedding-other-example-com-v1@kubernetes",code="502"}':
          '0+60x40',
      },
    ],
  },
  ApiRateLimited: { 'a few are refused': [30, answers('429', '0+600x40')] },
};

function expectCase(rule: Manifest, alertCase: AlertCase): void {
  expect(runAlertCase(rule, alertCase)).toBe('');
}

describeWith(['promtool'], 'alerts', () => {
  const rule = rules();

  it('are rules of Prometheus', () => {
    expect(checkRules(rule)).toBe('');
  });

  it('are all tried here', () => {
    const groups = (
      rule as unknown as { readonly spec: { readonly groups: { readonly rules: { readonly alert: string }[] }[] } }
    ).spec.groups;
    const names = groups.flatMap((group) => group.rules.map(({ alert }) => alert)).sort();

    expect(Object.keys(FIRES).sort()).toEqual(names);
    expect(Object.keys(SILENT).sort()).toEqual(names);
  });

  it.each(Object.entries(FIRES))('%s fires', (alert, [minutes, series]) => {
    expectCase(rule, { alert, series, minutes, firing: 1 });
  });

  describe.each(Object.entries(SILENT))('%s is silent when', (alert, cases) => {
    it.each(Object.entries(cases))('%s', (_, [minutes, series]) => {
      expectCase(rule, { alert, series, minutes, firing: 0 });
    });
  });

  it('finds objects whose labels the scrape has renamed, and those that it has not', () => {
    expectCase(rule, {
      alert: 'ApiSecretNotReady',
      series: {
        [`${SECRET},exported_namespace="embeddings",namespace="external-secrets"}`]: '1x30',
        [`externalsecret_status_condition{name="ngc-api-secret",condition="Ready",status="False",namespace="embeddings"}`]:
          '1x30',
      },
      minutes: 20,
      firing: 2,
    });
  });

  it('waits for the start of a single pod, which every update takes away', () => {
    const single = rules({ replicas: 1 });
    const series = { ...WANTED, [`kube_deployment_status_replicas_ready{${DEPLOYMENT}}`]: '0x60' };

    expectCase(single, { alert: 'ApiDown', series, minutes: 19, firing: 0 });
    expectCase(single, { alert: 'ApiDown', series, minutes: 21, firing: 1 });
  });

  it('are rules for every generation', () => {
    const image = ContainerImage.fromReference('nvcr.io/nim/nvidia/llama-nemotron-embed-vl-1b-v2:2.3.0');

    expect(checkRules(rules({ model: EmbeddingModel.LLAMA_NEMOTRON_EMBED_VL_1B_V2, image }))).toBe('');
  });
});

describeWith(['promtool'], 'alerts about the answers of each controller', () => {
  /** A controller, what it needs beside the usual options, and its counters of errors and of other answers. */
  type Counted = readonly [options: Partial<SecureIngressOptions>, errors: string, others: string];
  const nginx = 'nginx_ingress_controller_requests{ingress="text-embedding",host="embeddings.example.com"';
  const backend = 'haproxy_backend_http_responses_total{proxy="embeddings_svc_text-embedding_http-api"';
  const cluster = 'envoy_cluster_upstream_rq_xx{envoy_cluster_name="httproute/embeddings/text-embedding/rule/0"';
  const COUNTED: Record<string, Counted> = {
    'ingress-nginx': [
      { controller: IngressController.ingressNginx() },
      `${nginx},status="502"}`,
      `${nginx},status="200"}`,
    ],
    HAProxy: [
      {
        controller: IngressController.haProxy(),
        acceptUnenforced: [{ feature: IngressFeature.BODY_SIZE, reason: 'the clients are ours' }],
      },
      `${backend},code="5xx"}`,
      `${backend},code="2xx"}`,
    ],
    'Envoy Gateway': [
      {
        controller: IngressController.envoyGateway({ gateway: { name: 'public', namespace: 'gateways' } }),
        tls: IngressTls.fromGatewayListener(),
        rateLimit: RateLimit.perClient({ requestsPerSecond: 20, burst: 20 }),
      },
      `${cluster},envoy_response_code_class="5"}`,
      `${cluster},envoy_response_code_class="2"}`,
    ],
  };

  it.each(Object.entries(COUNTED))('fire and are silent with %s', (_, [options, errors, others]) => {
    const rule = find(
      renderWatchedNim((chart) => ({ ingress: { ...ingressOptions(chart), ...options } })),
      'PrometheusRule',
    );
    const alert = 'ApiServerErrors';

    expect(checkRules(rule)).toBe('');
    expectCase(rule, { alert, series: { [errors]: '0+60x40', [others]: '0+600x40' }, minutes: 20, firing: 1 });
    expectCase(rule, { alert, series: { [errors]: '0+1x40', [others]: '0+600x40' }, minutes: 20, firing: 0 });
  });
});
