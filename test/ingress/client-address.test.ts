import { ClientAddress, IngressController } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { expectRefusal } from '../support/refusals';
import { annotationsOf, renderIngress } from './support';

describe('ClientAddress', () => {
  it('trusts one proxy unless told otherwise', () => {
    expect(ClientAddress.forwardedFor().trustedHops).toBe(1);
    expect(ClientAddress.forwardedFor(2).trustedHops).toBe(2);
  });

  it('trusts no proxy without X-Forwarded-For', () => {
    expect(ClientAddress.direct().trustedHops).toBe(0);
    expect(ClientAddress.proxyProtocol().trustedHops).toBe(0);
  });

  it.each([0, -1, 1.5])('refuses %d trusted proxies', (trustedHops) => {
    expectRefusal(() => ClientAddress.forwardedFor(trustedHops), {
      what: 'ClientAddress.forwardedFor trustedHops',
      value: `${trustedHops}`,
      because: 'a whole number of at least 1',
      instead: 'write 1 or more',
    });
  });

  it.each([
    [undefined, 'client-address-direct'],
    [ClientAddress.direct(), 'client-address-direct'],
    [ClientAddress.forwardedFor(), 'client-address-forwarded'],
    [ClientAddress.proxyProtocol(), 'client-address-proxy-protocol'],
  ])('tells the platform team what its way needs', (clientAddress, feature) => {
    const props = clientAddress === undefined ? {} : { clientAddress };
    const annotations = annotationsOf(renderIngress(IngressController.f5Nginx(), props), 'Ingress');
    const named = Object.keys(annotations).filter((name) => name.includes('client-address'));
    expect(named).toEqual([`cdk8s-nim/prerequisite-${feature}`]);
  });
});
