import { HttpMethod, IngressController, IngressPath } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { at, find } from '../support/manifests';
import { expectRefusal } from '../support/refusals';
import { renderIngress } from './support';

const CONTROLLER = IngressController.f5Nginx();

function served(paths?: IngressPath[]): unknown[] {
  const rendered = renderIngress(CONTROLLER, paths === undefined ? {} : { paths });
  const rules = at(find(rendered, 'Ingress'), 'spec.rules.0.http.paths') as { path: string; pathType: string }[];
  return rules.map(({ path, pathType }) => `${pathType} ${path}`);
}

describe('the served paths', () => {
  it('are the public ones of the service unless told otherwise', () => {
    expect(served()).toEqual(['Exact /v1/embeddings', 'Exact /v1/models']);
  });

  it('are the listed ones, in their order', () => {
    const paths = [IngressPath.exact('/v1/models'), IngressPath.exact('/v1/ranking')];
    expect(served(paths)).toEqual(['Exact /v1/models', 'Exact /v1/ranking']);
  });

  it('are not nothing', () => {
    expectRefusal(() => served([]), {
      what: 'SecureIngress paths',
      value: '[]',
      because: 'nothing would be served',
      instead: 'leave it out for the public paths of the service',
    });
  });

  it.each(['/v1/metrics', '/V1/Metrics'])('are not %s, which is for operators', (path) => {
    expectRefusal(() => served([IngressPath.exact(path)]), {
      what: 'SecureIngress paths',
      value: JSON.stringify(path),
      because: '/v1/metrics are for operators inside the cluster',
      instead: 'name monitoring pods with the prop monitoring of the service',
    });
  });

  it('are listed once each', () => {
    expectRefusal(() => served([IngressPath.exact('/v1/models'), IngressPath.exact('/v1/models')]), {
      what: 'SecureIngress paths',
      value: '"/v1/models"',
      because: 'it is listed twice',
      instead: 'list it once',
    });
  });
});

describe('IngressPath.exact', () => {
  it('allows every method unless told otherwise', () => {
    expect(IngressPath.exact('/v1/embeddings').methods).toEqual([]);
    expect(IngressPath.exact('/v1/embeddings', [HttpMethod.POST]).methods).toEqual([HttpMethod.POST]);
  });

  it.each([
    '',
    '/',
    'v1/embeddings',
    '/v1/',
    '/v1/*',
    '/v1/../metrics',
    '/v1//embeddings',
    '/v1/%65',
    '/v1/a;b',
    '/v1?a',
  ])('refuses %j, which a controller could read in another way', (path) => {
    expectRefusal(() => IngressPath.exact(path), {
      what: 'IngressPath',
      value: JSON.stringify(path),
      because: 'it is compared letter by letter',
      instead: 'write for example IngressPath.exact("/v1/embeddings")',
    });
  });
});
