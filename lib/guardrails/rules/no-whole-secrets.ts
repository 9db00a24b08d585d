import { POD_KINDS } from '../../manifests/pods';
import { at, listAt, textAt } from '../../manifests/fields';
import { isNim } from '../../manifests/nim';
import { type Rule, RuleLevel } from '../rule';

export const noWholeSecrets: Rule = {
  id: 'no-whole-secrets',
  level: RuleLevel.WARNING,
  kinds: POD_KINDS,
  what: 'A NIM gets single keys of Secrets, never all keys of one.',
  why: 'Whatever is added to the Secret later becomes a variable of the server: a setting of the NIM, or a credential that it has no use for.',
  fix: 'write env with valueFrom.secretKeyRef for each key that the NIM needs',
  check: (object, manifests) =>
    (manifests.podOf(object)?.containers ?? []).filter(isNim).flatMap((container) =>
      listAt(container.fields, 'envFrom').flatMap((source, index) =>
        at(source, 'secretRef') === undefined
          ? []
          : [
              {
                path: [...container.path, 'envFrom', index, 'secretRef'],
                message: `every key of the Secret ${textAt(source, 'secretRef', 'name') ?? ''} becomes a variable`,
              },
            ],
      ),
    ),
};
