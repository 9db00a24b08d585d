import { type INetworkPolicyPeer, LabelExpression, Namespaces } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { invalid, Refusals } from '../../../common/invalid';
import { requireObjectName } from '../../../common/names';
import { requireProps } from '../../../common/props';
import { CERTIFICATES_IN_SECRETS, type ControllerProfile, podPeers, requireVersion } from '../../controller-profile';
import type { IngressSpec } from '../../spec';
import { OPENSHIFT_ROUTE_CAPABILITIES } from './capabilities';
import { addCertificateAccess, ROUTER_ACCOUNT } from './certificate-access';
import { OPENSHIFT_ROUTE_OPTIONS, type OpenShiftRouteOptions } from './options';
import { OPENSHIFT_ROUTE_METRICS } from './metrics';
import { NAME } from './product';
import { addRoute } from './route';

/** `externalCertificate` is on by default from 4.19. */
const MINIMUM_VERSION = '4.19';
const WRITTEN_FOR = '4.22';

/** Routes of OpenShift, for its HAProxy router: one Route for each path. */
export class OpenShiftRoute implements ControllerProfile {
  public readonly name = NAME;
  public readonly version: string;
  public readonly capabilities = OPENSHIFT_ROUTE_CAPABILITIES;
  public readonly certificates = CERTIFICATES_IN_SECRETS;
  public readonly metrics = OPENSHIFT_ROUTE_METRICS;
  public readonly certificateFirst = true;
  private readonly ingressController: string;

  public constructor(private readonly options: OpenShiftRouteOptions) {
    requireProps('IngressController.openShiftRoute', options, OPENSHIFT_ROUTE_OPTIONS);
    this.version = requireVersion(NAME, options.version ?? WRITTEN_FOR, MINIMUM_VERSION);
    this.ingressController = requireObjectName(
      'IngressController.openShiftRoute ingressController',
      options.ingressController ?? 'default',
    );
  }

  public peers(scope: Construct): INetworkPolicyPeer[] {
    if (this.options.hostNetwork === true) {
      return ['host-network', 'ingress'].map((group) =>
        Namespaces.select(scope, `PolicyGroup-${group}`, {
          // Given as a label with an empty value, cdk8s-plus would drop it and select every namespace.
          expressions: [LabelExpression.exists(`policy-group.network.openshift.io/${group}`)],
        }),
      );
    }
    return podPeers(
      scope,
      {},
      {
        namespace: ROUTER_ACCOUNT.namespace,
        labels: { 'ingresscontroller.operator.openshift.io/deployment-ingresscontroller': this.ingressController },
      },
    );
  }

  public render(scope: Construct, spec: IngressSpec): void {
    const refusals = new Refusals();
    for (const [index, { path }] of spec.paths.entries()) {
      refusals.collect(() => requireNothingInternalBelow(path, spec));
      // What holds for the whole door is said once.
      refusals.collect(() => addRoute(scope, spec, path, index === 0 ? spec.annotations : spec.exceptions));
    }
    refusals.throwAny();
    addCertificateAccess(scope, spec);
  }
}

/** A Route serves what is below its path too, so no internal path may be there. */
function requireNothingInternalBelow(path: string, { internalPaths }: IngressSpec): void {
  const below = internalPaths.find((internal) => internal.startsWith(`${path.toLowerCase()}/`));
  if (below !== undefined) {
    throw invalid({
      what: 'SecureIngress paths',
      value: path,
      because: `${NAME} would also serve what is below it, and so ${below}, which is for operators inside the cluster`,
      instead: 'list the whole paths that clients use, for example "/v1/embeddings"',
    });
  }
}
