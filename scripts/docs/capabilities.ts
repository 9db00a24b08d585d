import { CONTROLLERS } from '../../lib/ingress/controllers';
import { type Capability, CapabilityLevel, IngressFeature } from '../../lib/ingress/features';
import type { KnownController } from '../../lib/ingress/known-controller';
import { page, table } from './markdown';

const FEATURES = Object.values(IngressFeature);

/** A matrix of the levels, then what each controller does about each feature. */
export function capabilitiesPage(): string {
  return page(
    'What each ingress controller can do',
    '`lib/ingress/controllers`',
    'The levels are explained in [ingress.md](ingress.md#the-four-levels). A version is the first one that has the feature; an older ' +
      '`version` of the controller refuses it. The last column says how it is known: a test of this repository, a try by hand, or the ' +
      'source and documentation of the controller.',
    matrix(),
    ...CONTROLLERS.map(section),
  );
}

function matrix(): string {
  return table(
    ['feature', ...CONTROLLERS.map(({ name }) => `[${shortName(name)}](#${shortName(name).toLowerCase()})`)],
    FEATURES.map((feature) => [
      feature,
      ...CONTROLLERS.map(({ capabilities }) => {
        const { level, since } = capabilities[feature];
        return since === undefined ? level : `${level} (${since})`;
      }),
    ]),
  );
}

function section(controller: KnownController): string {
  const rows = FEATURES.map((feature) => {
    const capability = controller.capabilities[feature];
    return [feature, capability.level, noteOf(capability), evidenceText(controller, feature)];
  });
  const head = ['feature', 'level', 'by what, how it differs, or what has to be set where', 'seen on'];
  return `## ${shortName(controller.name)}\n\n${table(head, rows)}`;
}

function noteOf({ note, since }: Capability): string {
  return since === undefined ? note : `${note}; from version ${since}`;
}

/** How it is known, in words; nothing for what the controller does not do. */
export function evidenceText(
  { capabilities, evidence }: Pick<KnownController, 'capabilities' | 'evidence'>,
  feature: IngressFeature,
): string {
  const { controllerTest = [], controllerTestWithOption = [], byHand, dataPlaneTest = [] } = evidence;
  const ways = [
    ...(controllerTest.includes(feature) ? ['controller, by a test'] : []),
    ...(byHand?.features.includes(feature) === true ? [`controller, by hand (${byHand.version}, ${byHand.date})`] : []),
    ...(dataPlaneTest.includes(feature) ? ['data plane, by a test'] : []),
  ];
  if (capabilities[feature].level === CapabilityLevel.UNSUPPORTED) {
    return controllerTestWithOption.includes(feature) ? 'with the option: controller, by a test' : '–';
  }
  return ways.length === 0 ? 'source' : ways.join('; ');
}

/** `IngressController.f5Nginx()` as `f5Nginx`. */
function shortName(name: string): string {
  return name.replace(/^IngressController\.|\(.*\)$/g, '');
}
