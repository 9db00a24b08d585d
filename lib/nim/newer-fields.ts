import { type ApiObject, JsonPatch } from 'cdk8s';
import { type Gpu, GPU_CLAIM } from './gpu';

const POD = '/spec/template/spec';

/** Fields of the pod that are newer than the types of Kubernetes 1.28, which would drop them. */
export function addNewerFields(deployment: ApiObject, { resourceClaimTemplateName }: Gpu, drainSeconds: number): void {
  if (resourceClaimTemplateName !== undefined) {
    const claim = { name: GPU_CLAIM, resourceClaimTemplateName };
    deployment.addJsonPatch(JsonPatch.add(`${POD}/resourceClaims`, [claim]));
  }
  if (drainSeconds > 0) {
    const lifecycle = { preStop: { sleep: { seconds: drainSeconds } } };
    deployment.addJsonPatch(JsonPatch.add(`${POD}/containers/0/lifecycle`, lifecycle));
  }
}
