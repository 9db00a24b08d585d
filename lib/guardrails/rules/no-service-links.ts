import { POD_KINDS } from '../../manifests/pods';
import { type Rule, RuleLevel } from '../rule';
import { isHook } from '../../manifests/hooks';
import { at } from '../../manifests/fields';

export const noServiceLinks: Rule = {
  id: 'no-service-links',
  level: RuleLevel.WARNING,
  kinds: POD_KINDS,
  what: 'Pods get no environment variables made from the Services of their namespace; hooks that run to an end aside.',
  why: 'A Service named nim-http-api would set NIM_HTTP_API_PORT to an address, and the NIM would read it as its port.',
  fix: 'set enableServiceLinks: false',
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod === undefined || isHook(pod) || at(pod.spec, 'enableServiceLinks') === false
      ? []
      : [
          {
            path: [...pod.specPath, 'enableServiceLinks'],
            message: 'every Service becomes variables of the containers',
          },
        ];
  },
};
