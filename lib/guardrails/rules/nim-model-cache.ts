import { type Rule, RuleLevel, type Violation } from '../rule';
import { at, type Fields, isFields, listAt, textAt } from '../../manifests/fields';
import { factsOfContainer, servingNims, settingOf } from '../../manifests/nim';
import { type Container, type Pod, POD_KINDS } from '../../manifests/pods';
import { CACHE_PATH, NGC_API_KEY } from '../../nim/runtime-facts';

/** Settings for a model outside the cache of NGC, under a path or at an address of its own. */
const OTHER_MODELS = ['NIM_CUSTOM_MODEL', 'NIM_MODEL_PATH', 'NIM_ENGINE_MODEL_PATH', 'NIM_REPOSITORY_OVERRIDE'];
/** The second name is that of NVIDIA's first charts. */
const KEYS = [NGC_API_KEY, 'NGC_CLI_API_KEY'];

export const nimModelCache: Rule = {
  id: 'nim-model-cache',
  level: RuleLevel.ERROR,
  kinds: POD_KINDS,
  what: 'A NIM keeps its model in a volume, and has the key of NGC when that is an emptyDir, which starts empty.',
  why: 'Outside its volumes a NIM may not write, or it downloads many gigabytes again after every crash; without the key it cannot download at all.',
  fix: `mount a volume where the NIM keeps its model (1.x: ${CACHE_PATH}, 2.x: /model), and set ${NGC_API_KEY} from a Secret, or use a claim that holds the model`,
  check: (object, manifests) => {
    const pod = manifests.podOf(object);
    return pod === undefined ? [] : servingNims(pod).flatMap((nim) => cacheViolations(nim, pod));
  },
};

function cacheViolations(nim: Container, pod: Pod): Violation[] {
  const others = OTHER_MODELS.map((name) => settingOf(nim, name)).filter(({ set }) => set);
  if (others.length > 0) {
    // An address is no path.
    const paths = others.flatMap((other) => (other.set && other.text?.startsWith('/') === true ? [other.text] : []));
    return paths.flatMap((path) => (mountFor(nim, path) === undefined ? [notMounted(nim, path)] : []));
  }
  const modelPath = modelPathOf(nim);
  if (modelPath === undefined) {
    return [];
  }
  const mount = mountFor(nim, modelPath);
  if (mount === undefined) {
    return [notMounted(nim, modelPath)];
  }
  return startsEmpty(pod, mount) && downloadsFromNgc(nim) && !KEYS.some((name) => settingOf(nim, name).set)
    ? [{ path: [...nim.path, 'env'], message: `there is no ${NGC_API_KEY}, and the volume for the model starts empty` }]
    : [];
}

function mountFor(nim: Container, path: string): Fields | undefined {
  return listAt(nim.fields, 'volumeMounts')
    .filter(isFields)
    .find((mount) => holds(textAt(mount, 'mountPath'), path));
}

function notMounted(nim: Container, path: string): Violation {
  return { path: [...nim.path, 'volumeMounts'], message: `no volume is mounted for the model, in ${path}` };
}

/** Where the NIM keeps its model, as far as the manifests tell. */
function modelPathOf(nim: Container): string | undefined {
  const facts = factsOfContainer(nim);
  if (facts?.modelPathVariable === undefined) {
    return facts?.modelPath;
  }
  const setting = settingOf(nim, facts.modelPathVariable);
  return setting.set ? setting.text : facts.modelPath;
}

function holds(mountPath: string | undefined, path: string): boolean {
  return mountPath !== undefined && `${path}/`.startsWith(`${mountPath.replace(/\/+$/, '')}/`);
}

/** An emptyDir that no other container fills. */
function startsEmpty(pod: Pod, mount: Fields): boolean {
  const isMounted = (value: unknown): boolean => at(value, 'name') === mount['name'];
  return (
    at(listAt(pod.spec, 'volumes').find(isMounted), 'emptyDir') !== undefined &&
    pod.containers.filter(({ fields }) => listAt(fields, 'volumeMounts').some(isMounted)).length === 1
  );
}

/** Whether the model comes from NGC: 1.x has no other source, 2.x is told. */
function downloadsFromNgc(nim: Container): boolean {
  const { downloadFromNgc = {}, offline = {} } = factsOfContainer(nim) ?? {};
  const isSet = ([name, value]: [string, string]): boolean => {
    const setting = settingOf(nim, name);
    return setting.set && setting.text === value;
  };
  return Object.entries(downloadFromNgc).every(isSet) && !Object.keys(offline).some((name) => settingOf(nim, name).set);
}
