import { expect, it } from 'vitest';
import { NgcHosts } from 'cdk8s-nim';

it('the hosts of NGC are a list of its own for each caller', () => {
  NgcHosts.download.pop();
  expect(NgcHosts.download).toEqual(['authn.nvidia.com', 'api.ngc.nvidia.com', 'xfiles.ngc.nvidia.com']);
});
