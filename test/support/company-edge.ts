import type { Chart } from 'cdk8s';
import {
  type IIngressControllerProfile,
  IngressAuthentication,
  IngressController,
  type SecureIngressOptions,
} from 'cdk8s-nim';
import { CompanyEdge } from '../../examples/custom-controller/company-edge';
import { testChart } from './manifests';
import { ingressOptions, textEmbeddingNim } from './nims';

export const edge = new CompanyEdge();

export const door = (
  profile: IIngressControllerProfile,
  props: Partial<SecureIngressOptions> = {},
  chart: Chart = testChart(),
): void => {
  const authentication = IngressAuthentication.external({ url: 'http://authn.auth.svc/check' });
  textEmbeddingNim(
    { ingress: { ...ingressOptions(chart), controller: IngressController.custom(profile), authentication, ...props } },
    chart,
  );
};
