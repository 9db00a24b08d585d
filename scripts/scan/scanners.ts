import { CHECKOV } from './checkov';
import { KUBE_LINTER } from './kube-linter';
import { KUBE_SCORE } from './kube-score';
import { KUBECONFORM } from './kubeconform';
import { KUBESEC } from './kubesec';
import { POLARIS } from './polaris';
import { TRIVY } from './trivy';

/** Every scanner, in the order in which they run. */
export const SCANNERS = [KUBE_LINTER, KUBE_SCORE, POLARIS, KUBESEC, CHECKOV, KUBECONFORM, TRIVY] as const;

/** The name of a scanner. */
export type ScannerName = (typeof SCANNERS)[number]['tool']['name'];
