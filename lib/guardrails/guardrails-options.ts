import { invalid } from '../common/invalid';
import { requireText } from '../common/names';
import { type PropTable, requireProps } from '../common/props';
import { type Acknowledgement, EVERY_RULE } from './acknowledgements';
import { RULES } from './rules/index';
import { isFields } from '../manifests/fields';
import { kubernetesVersions } from '../manifests/kubernetes-versions';

/** Options of the guardrails: of `Guardrails.of`, of the validation in `cdk8s.yaml`, and of the file for `--config`. */
export interface GuardrailsOptions {
  /**
   * The version of Kubernetes that the manifests are for, such as `1.30`.
   * @default - they have to be right for every supported version
   */
  readonly kubernetesVersion?: string;
  /**
   * Findings that are accepted, with the reason. On a single object, the annotation `cdk8s-nim/acknowledge-<rule>` does the same.
   * @default - none
   */
  readonly acknowledgements?: Acknowledgement[];
  /**
   * Whether warnings fail too.
   * @default false
   */
  readonly strict?: boolean;
}

const GUARDRAILS_OPTIONS: PropTable<GuardrailsOptions> = {
  kubernetesVersion: 'optional',
  acknowledgements: 'optional',
  strict: 'optional',
};

const ACKNOWLEDGEMENT_MEMBERS: PropTable<Acknowledgement> = {
  rule: 'required',
  reason: 'required',
  kind: 'optional',
  namespace: 'optional',
  name: 'optional',
  field: 'optional',
};

/** Refuses options that are none: they may come from a file, where no compiler has read them. */
export function requireOptions(what: string, given: unknown): GuardrailsOptions {
  const options = requireProps<GuardrailsOptions>(
    what,
    requireMembers(what, given, 'kubernetesVersion, acknowledgements and strict'),
    GUARDRAILS_OPTIONS,
  );
  const { kubernetesVersion, acknowledgements, strict } = options as Record<keyof GuardrailsOptions, unknown>;
  if (kubernetesVersion !== undefined && typeof kubernetesVersion !== 'string') {
    throw invalid({
      what: `${what} kubernetesVersion`,
      value: kubernetesVersion,
      because: 'it is no text; in YAML, 1.30 without quotes is the number 1.3',
      instead: 'write it in quotes, for example "1.30"',
    });
  }
  kubernetesVersions(`${what} kubernetesVersion`, kubernetesVersion);
  if (strict !== undefined && typeof strict !== 'boolean') {
    throw invalid({ what: `${what} strict`, value: strict, because: 'it is a switch', instead: 'write true or false' });
  }
  if (acknowledgements !== undefined && !Array.isArray(acknowledgements)) {
    throw invalid({
      what: `${what} acknowledgements`,
      value: acknowledgements,
      because: 'they are a list',
      instead: 'write one entry with rule and reason for each',
    });
  }
  (acknowledgements ?? []).forEach((entry, index) => {
    requireAcknowledgement(`${what} acknowledgements[${index}]`, entry);
  });
  return options;
}

function requireAcknowledgement(what: string, given: unknown): void {
  const entry = requireProps<Acknowledgement>(
    what,
    requireMembers(what, given, Object.keys(ACKNOWLEDGEMENT_MEMBERS).join(', ')),
    ACKNOWLEDGEMENT_MEMBERS,
  );
  for (const [name, value] of Object.entries(entry)) {
    if (typeof value !== 'string') {
      throw invalid({ what: `${what} ${name}`, value, because: 'it is no text', instead: 'write it in quotes' });
    }
  }
  requireText(`${what} reason`, entry.reason, 'write why the finding may stay');
  if (entry.rule === EVERY_RULE) {
    if (entry.kind === undefined && entry.namespace === undefined && entry.name === undefined) {
      throw invalid({
        what: `${what} rule`,
        value: entry.rule,
        because: 'it would accept everything',
        instead: 'name the kind, the namespace or the name of the objects that it is for',
      });
    }
  } else if (!RULES.some(({ id }) => id === entry.rule)) {
    throw invalid({
      what: `${what} rule`,
      value: entry.rule,
      because: 'there is no such rule',
      instead: `write one of ${RULES.map(({ id }) => id).join(', ')}`,
    });
  }
}

function requireMembers(what: string, given: unknown, members: string): never {
  if (!isFields(given)) {
    throw invalid({ what, value: given, because: `it has members: ${members}`, instead: 'write them as a map' });
  }
  return given as never;
}
