import { volumeGroup } from '../../../lib/guardrails/rules/volume-group';
import { volumeOwnershipOnce } from '../../../lib/guardrails/rules/volume-ownership-once';
import { nimWith, REMOVED, rulesAgainst, testRule } from '../../support/rules';
import { expect, it } from 'vitest';

const SECURITY = 'spec.template.spec.securityContext';
const CONTAINER_USER = 'spec.template.spec.containers.0.securityContext.runAsUser';
const withoutGroup = nimWith(['Deployment', `${SECURITY}.fsGroup`, REMOVED]);

testRule(volumeGroup, {
  accepts: {
    'a group and a user': nimWith(),
    'neither of them, where the platform gives both': nimWith(
      ['Deployment', `${SECURITY}.fsGroup`, REMOVED],
      ['Deployment', `${SECURITY}.runAsUser`, REMOVED],
      ['Deployment', CONTAINER_USER, REMOVED],
    ),
    'volumes that end with the pod': nimWith(
      ['Deployment', `${SECURITY}.fsGroup`, REMOVED],
      ['Deployment', 'spec.template.spec.volumes', [{ name: 'a', emptyDir: {} }]],
    ),
  },
  refuses: {
    'a user without a group': [withoutGroup, `Deployment: ${SECURITY}.fsGroup`],
    'a user of the container without a group': [
      nimWith(
        ['Deployment', `${SECURITY}.fsGroup`, REMOVED],
        ['Deployment', `${SECURITY}.runAsUser`, REMOVED],
        ['Deployment', CONTAINER_USER, 1000],
      ),
      `Deployment: ${SECURITY}.fsGroup`,
    ],
  },
});

it('takes the place of the advice about the owner, which is for volumes with a group', () => {
  const objects = nimWith(
    ['Deployment', `${SECURITY}.fsGroup`, REMOVED],
    ['Deployment', `${SECURITY}.fsGroupChangePolicy`, REMOVED],
  );
  expect(rulesAgainst(objects)).toContain(volumeGroup.id);
  expect(rulesAgainst(objects)).not.toContain(volumeOwnershipOnce.id);
});
