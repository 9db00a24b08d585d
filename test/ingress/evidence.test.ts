import { CapabilityLevel, IngressFeature } from 'cdk8s-nim';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CONTROLLERS } from '../../lib/ingress/controllers';
import { AWS_ALB } from '../../lib/ingress/controllers/aws-alb';
import { evidenceText } from '../../scripts/docs/capabilities';

/** Tests on controllers. They name a feature where they show it. */
const CONTROLLER_TESTS: Readonly<Record<string, readonly string[]>> = {
  'IngressController.traefik()': ['traefik.test', 'traefik-clients.test'],
  'IngressController.envoyGateway()': [
    'envoy-gateway.test',
    'checks/envoy-authentication',
    'checks/envoy-clients',
    'checks/envoy-rates',
  ],
};

/** Tests on data planes: the feature, the file, and the planes that it names. */
const DATA_PLANE_TESTS: readonly (readonly [`${IngressFeature}`, string, Planes])[] = [
  ['tls-1.2', 'tls', 'DATA_PLANES'],
  ['https-redirect', 'redirect', 'DATA_PLANES'],
  ['hsts', 'response-headers', 'DATA_PLANES'],
  ['exact-paths', 'paths', 'DATA_PLANES'],
  ['client-address-direct', 'source-ranges', 'DATA_PLANES'],
  ['client-address-forwarded', 'source-ranges', 'HA_PROXY'],
  ['rate-per-second', 'rate-limit-nginx', 'NGINX_PLANES'],
  ['rate-per-second', 'rate-limit-haproxy', 'HA_PROXY'],
  ['rate-per-minute', 'rate-limit-nginx', 'F5_NGINX'],
  ['rate-burst', 'rate-limit-nginx', 'NGINX_PLANES'],
  ['rate-burst', 'rate-limit-haproxy', 'HA_PROXY'],
  ['concurrent-connections', 'rate-limit-nginx', 'INGRESS_NGINX'],
  ['rate-by-header', 'rate-limit-nginx', 'F5_NGINX'],
  ['status-429', 'rate-limit-nginx', 'NGINX_PLANES'],
  ['status-429', 'rate-limit-haproxy', 'HA_PROXY'],
  ['body-size', 'body-size', 'NGINX_PLANES'],
  ['timeouts', 'timeouts', 'DATA_PLANES'],
  ['source-ranges', 'source-ranges', 'DATA_PLANES'],
  ['response-headers', 'response-headers', 'DATA_PLANES'],
  ['auth-external', 'authentication', 'NGINX_PLANES'],
  ['auth-basic', 'basic-authentication', 'DATA_PLANES'],
  ['auth-client-certificates', 'authentication', 'NGINX_PLANES'],
];

type Planes = 'DATA_PLANES' | 'NGINX_PLANES' | 'F5_NGINX' | 'INGRESS_NGINX' | 'HA_PROXY';

const PLANES: Readonly<Record<string, readonly Planes[]>> = {
  'IngressController.f5Nginx()': ['DATA_PLANES', 'NGINX_PLANES', 'F5_NGINX'],
  'IngressController.ingressNginx()': ['DATA_PLANES', 'NGINX_PLANES', 'INGRESS_NGINX'],
  'IngressController.haProxy()': ['DATA_PLANES', 'HA_PROXY'],
};

describe('the evidence', () => {
  it.each(CONTROLLERS)('is only for what the controller does: $name', ({ capabilities, evidence }) => {
    const { controllerTest = [], byHand, dataPlaneTest = [] } = evidence;
    const seen = [...controllerTest, ...(byHand?.features ?? []), ...dataPlaneTest];
    const isUnsupported = (feature: `${IngressFeature}`): boolean =>
      capabilities[feature].level === CapabilityLevel.UNSUPPORTED;
    expect(seen.filter(isUnsupported)).toEqual([]);
    for (const feature of evidence.controllerTestWithOption ?? []) {
      expect(isUnsupported(feature)).toBe(true);
      expect(capabilities[feature].note).toContain('the option');
    }
  });

  it.each(CONTROLLERS)('by tests on the controller is what they name: $name', ({ name, evidence }) => {
    const texts = (CONTROLLER_TESTS[name] ?? []).map((file) => readFileSync(`test/cluster/${file}.ts`, 'utf8'));
    const named = texts.flatMap((text) => [...text.matchAll(/IngressFeature\.([A-Z0-9_]+)/g)]);
    const features = named.map(([, member = '']) => IngressFeature[member as keyof typeof IngressFeature]);
    const { controllerTest = [], controllerTestWithOption = [] } = evidence;
    expect([...controllerTest, ...controllerTestWithOption].sort()).toEqual([...new Set(features)].sort());
  });

  it.each(CONTROLLERS.filter(({ name }) => name in CONTROLLER_TESTS))(
    'has a request for all that is rendered for a controller that runs here: $name',
    ({ capabilities, evidence: { controllerTest = [] } }) => {
      const rendered = Object.values(IngressFeature).filter((feature) =>
        [CapabilityLevel.ENFORCED, CapabilityLevel.APPROXIMATE].includes(capabilities[feature].level),
      );
      expect(rendered.filter((feature) => !controllerTest.includes(feature))).toEqual([]);
    },
  );

  it.each(CONTROLLERS)('by tests on the data plane is what they show: $name', ({ name, evidence }) => {
    const shown = DATA_PLANE_TESTS.filter(([, , planes]) => PLANES[name]?.includes(planes)).map(([feature]) => feature);
    expect([...(evidence.dataPlaneTest ?? [])].sort()).toEqual([...shown].sort());
  });

  it.each(DATA_PLANE_TESTS)('%s is in the test %s of %s', (_, test, planes) => {
    const file = `test/edge/${test}.test.ts`;
    expect(existsSync(file)).toBe(true);
    expect(readFileSync(file, 'utf8')).toContain(planes);
  });

  it('is "source" where nothing was seen, and nothing where there is nothing to see', () => {
    const { capabilities } = AWS_ALB;
    const unsupported = { ...capabilities, [IngressFeature.HSTS]: { level: CapabilityLevel.UNSUPPORTED, note: '' } };
    expect(evidenceText({ capabilities, evidence: {} }, IngressFeature.HSTS)).toBe('source');
    expect(evidenceText({ capabilities: unsupported, evidence: {} }, IngressFeature.HSTS)).toBe('–');
  });
});
