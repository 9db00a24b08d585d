import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';

/** Every object of Kubernetes in the tree at and below a construct, whoever made it. */
export function objectsBelow(scope: IConstruct): ApiObject[] {
  return scope.node.findAll().filter((construct): construct is ApiObject => ApiObject.isApiObject(construct));
}
