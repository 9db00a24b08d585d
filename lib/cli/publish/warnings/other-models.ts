import { imageNameOf, servingNims } from '../../../manifests/nim';
import type { Manifest } from '../../../manifests/manifest';
import { identityOf, type Manifests } from '../../../manifests/manifests';
import { podsOfService } from '../../../manifests/selecting';
import type { Transition } from './transition';
import type { ChangeWarning } from './warning';

const EFFECT =
  'the pods are replaced one after another, and meanwhile both models answer; clients name the model in each request, and those with ' +
  'the old name get an error; vectors of two models do not compare, so what was stored has to be embedded again';

/** Services behind which another model answers. */
export function otherModels({ before, after }: Transition): ChangeWarning[] {
  const old = new Map(before.all('/Service').map((service) => [identityOf(service), modelsOf(service, before)]));
  return after.all('/Service').flatMap((object) => {
    const [was = '', is = ''] = [old.get(identityOf(object)), modelsOf(object, after)];
    return was === '' || is === '' || was === is
      ? []
      : [{ object, path: '', message: `it serves ${is} in place of ${was}`, effect: EFFECT }];
  });
}

/** The names of the images that serve behind a Service. */
function modelsOf(service: Manifest, manifests: Manifests): string {
  const names = podsOfService(service, manifests).flatMap((pod) => servingNims(pod).map(imageNameOf));
  return [...new Set(names)].sort().join(' and ');
}
