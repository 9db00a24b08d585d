import { invalid } from '../common/invalid';
import type { ServiceMesh } from '../network/service-mesh';
import type { NimDeploymentProps } from './nim-deployment-props';
import type { PodPart } from './pod-part';

/** What puts the serving pods into a mesh. Refused: beside a certificate of their own. */
export function meshPart({ mesh, internalTls }: Pick<NimDeploymentProps, 'mesh' | 'internalTls'>): PodPart {
  if (mesh !== undefined && internalTls !== undefined) {
    throw invalid({
      what: 'NimDeployment mesh',
      value: mesh._facts.from,
      because: 'the mesh encrypts already, and takes the port http-api for plain HTTP by its name',
      instead: 'keep one of mesh and internalTls',
    });
  }
  return part(mesh, 'in');
}

/** What keeps a pod out of the mesh that the serving pods are in: a proxy beside a Job would not let it end. */
export function outsideMeshPart(mesh: ServiceMesh | undefined): PodPart {
  return part(mesh, 'out');
}

function part(mesh: ServiceMesh | undefined, side: 'in' | 'out'): PodPart {
  const from = 'NimDeployment mesh';
  return mesh === undefined
    ? { from }
    : { from, labels: mesh._facts.labels[side], annotations: mesh._facts.annotations[side] };
}
