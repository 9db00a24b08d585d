import { noLiteralSecret } from '../../lib/guardrails/rules/no-literal-secret';
import type { Manifest } from '../../lib/manifests/manifest';
import { alone, violations } from './rules';

export const base64 = (text: string): string => Buffer.from(text).toString('base64');
export const ENV = 'spec.template.spec.containers.0.env.0';
export const ENV_FIELD = 'Deployment: spec.template.spec.containers[0].env[0].value';

export const against = (objects: readonly Manifest[]): string[] => violations(noLiteralSecret, objects);
export const configMap = (data: Record<string, string>): Manifest[] => alone('v1', 'ConfigMap', { data });
