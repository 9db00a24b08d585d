import { IngressController } from 'cdk8s-nim';
import { expect, it } from 'vitest';
import { expectRefusal } from '../support/refusals';

it('an IngressClass has a name that an object can have', () => {
  expect(() => IngressController.f5Nginx({ ingressClassName: 'public.internal-2' })).not.toThrow();
  expectRefusal(() => IngressController.f5Nginx({ ingressClassName: 'Bad Name' }), {
    what: 'IngressController ingressClassName',
    value: '"Bad Name"',
    because: 'an object name is',
    instead: 'write the name of the object as `kubectl get` prints it',
  });
});
