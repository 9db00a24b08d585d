import { checkScheduling } from './checks/scheduling';
import { Kubernetes } from './support/kubernetes';

checkScheduling(Kubernetes.OLDEST);
