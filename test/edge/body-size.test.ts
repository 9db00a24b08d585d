import { Size } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { checkBodySize, LIMIT, post } from './checks/body-size';
import { HA_PROXY, NGINX_PLANES } from './support/data-planes';
import { useEdge } from './support/edge';

describe.each(NGINX_PLANES)('$name and the size of bodies', checkBodySize);

describe('HAProxy does not limit the size of bodies', () => {
  const edge = useEdge(HA_PROXY, { ingress: () => ({ maxBodySize: Size.mebibytes(8) }) });

  it('so a body above the limit reaches the NIM, and the rendered object says why that was accepted', async () => {
    const { status, headers } = await post(edge, Buffer.alloc(LIMIT + 1));
    expect(status).toBe(200);
    expect(headers['x-test-body-bytes']).toBe(`${LIMIT + 1}`);
    const annotations = edge().objects.find(({ kind }) => kind === 'Ingress')?.metadata.annotations;
    expect(annotations).toHaveProperty('cdk8s-nim/exception-body-size');
  });
});
