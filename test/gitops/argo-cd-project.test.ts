import { ApiObject, Chart, Duration } from 'cdk8s';
import { ArgoCdApplication, ArgoCdProject, ArgoCdSyncWindow } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { argoCdApplication, deployedChart, renderArgoCd, REPOSITORY } from '../support/argo-cd';
import { at, find, type Manifest, render, testChart } from '../support/manifests';
import { expectRefusal, messageOf } from '../support/refusals';

/** The project of an Application whose chart has one more object. */
function projectWith(apiVersion: string, kind: string, metadata: { name: string; namespace?: string }): Manifest {
  const argoCd = testChart({ namespace: 'argocd' });
  const chart = deployedChart(argoCd);
  argoCdApplication({ chart }, {}, argoCd);
  new ApiObject(chart, 'more', { apiVersion, kind, metadata });
  return find(render(argoCd), 'AppProject');
}

describe('an ArgoCdProject', () => {
  it('allows one repository, one namespace, the kinds that are rendered, and no Secret', () => {
    expect(find(renderArgoCd(), 'AppProject')).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'AppProject',
      metadata: { name: 'embeddings', namespace: 'argocd', labels: { 'app.kubernetes.io/managed-by': 'cdk8s' } },
      spec: {
        sourceRepos: [REPOSITORY],
        destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'embeddings' }],
        clusterResourceWhitelist: [{ group: '', kind: 'Namespace', name: 'embeddings' }],
        namespaceResourceWhitelist: [
          { group: '', kind: 'PersistentVolumeClaim' },
          { group: '', kind: 'Service' },
          { group: '', kind: 'ServiceAccount' },
          { group: 'apps', kind: 'Deployment' },
          { group: 'networking.k8s.io', kind: 'NetworkPolicy' },
          { group: 'policy', kind: 'PodDisruptionBudget' },
        ],
        namespaceResourceBlacklist: [{ group: '', kind: 'Secret' }],
      },
    });
  });

  it('allows every kind of its charts, of one that is added last, too', () => {
    const kinds = at(projectWith('batch/v1', 'CronJob', { name: 'more' }), 'spec.namespaceResourceWhitelist');
    expect(kinds).toContainEqual({ group: 'batch', kind: 'CronJob' });
  });

  it('allows an object that is in no namespace by its name only', () => {
    const spec = at(projectWith('scheduling.k8s.io/v1', 'PriorityClass', { name: 'gpu' }), 'spec');
    expect(at(spec, 'clusterResourceWhitelist')).toContainEqual({
      group: 'scheduling.k8s.io',
      kind: 'PriorityClass',
      name: 'gpu',
    });
    expect(JSON.stringify(at(spec, 'namespaceResourceWhitelist'))).not.toContain('PriorityClass');
  });

  it('allows the other namespaces that a chart renders into', () => {
    const project = projectWith('traefik.io/v1alpha1', 'Middleware', { name: 'more', namespace: 'auth' });
    expect(at(project, 'spec.destinations')).toEqual([
      { server: 'https://kubernetes.default.svc', namespace: 'auth' },
      { server: 'https://kubernetes.default.svc', namespace: 'embeddings' },
    ]);
  });

  it('allows what all of its Applications deploy, each thing once', () => {
    const argoCd = testChart({ namespace: 'argocd' });
    const { node } = argoCdApplication({}, {}, argoCd);
    const staging = new Chart(argoCd.node.root, 'staging', { namespace: 'embeddings-staging' });
    new ApiObject(staging, 'settings', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' } });
    const project = node.scope?.node.findChild('embeddings') as ArgoCdProject;
    new ArgoCdApplication(argoCd, 'embeddings-staging', { project, chart: staging, createNamespace: false });
    const spec = at(find(render(argoCd), 'AppProject'), 'spec');
    expect(at(spec, 'destinations')).toMatchObject([{ namespace: 'embeddings' }, { namespace: 'embeddings-staging' }]);
    expect(at(spec, 'clusterResourceWhitelist')).toEqual([{ group: '', kind: 'Namespace', name: 'embeddings' }]);
    expect(at(spec, 'namespaceResourceWhitelist')).toHaveLength(7);
  });

  it('that somebody else looks after renders nothing', () => {
    const project = ArgoCdProject.fromProjectName('platform', REPOSITORY);
    expect(renderArgoCd({ project }).map(({ kind }) => kind)).toEqual(['Application']);
  });

  it('is refused without anything to deploy: Argo CD would allow every kind', () => {
    const argoCd = testChart({ namespace: 'argocd' });
    new ArgoCdProject(argoCd, 'embeddings', { repository: REPOSITORY });
    expect(messageOf(() => render(argoCd))).toContain(
      'ArgoCdProject: "embeddings" is refused: it has no Application whose chart renders something, and Argo CD takes an ' +
        'empty list of kinds for all of them; write new ArgoCdApplication(',
    );
  });

  it.each([
    '',
    '*',
    'https://git.example.com/*',
    'http://git.example.com/manifests.git',
    'https://user:password@git.example.com/manifests.git',
    'file:///srv/manifests.git',
  ])('is refused for the repository %j', (repository) => {
    const message = messageOf(() => argoCdApplication({}, { repository }));
    expect(message).toContain('ArgoCdProject repository: ');
    expect(message).toContain('it is the URL of one Git repository, without credentials');
    expect(message).toContain('write for example "https://git.example.com/platform/manifests.git"');
    expect(message).not.toContain('password@');
  });

  it.each(['ssh://git@git.example.com:2222/platform/manifests.git', 'git@git.example.com:platform/manifests'])(
    'takes the repository %j',
    (repository) => {
      expect(at(find(renderArgoCd({}, { repository }), 'AppProject'), 'spec.sourceRepos')).toEqual([repository]);
    },
  );

  it.each([
    { group: '', kind: 'Secret' },
    { group: '*', kind: 'Middleware' },
    { group: 'traefik.io', kind: '*' },
    { group: '', kind: 'Namespace' },
  ])('is refused with the further kind %j', (kind) => {
    expectRefusal(() => argoCdApplication({}, { furtherKinds: [kind] }), {
      what: 'ArgoCdProject furtherKinds',
      value: JSON.stringify(kind),
      because: 'it is one namespaced kind by its exact name, and never Secret',
      instead: "write for example { group: 'traefik.io', kind: 'Middleware' }",
    });
  });

  it.each([
    ['', 'it is empty'],
    ['x'.repeat(256), 'it has at most 255 characters'],
    ['with nvapi-canary0123456789', 'it holds an NVIDIA API key'],
  ])('is refused with the description %j', (description, because) => {
    const message = messageOf(() => argoCdApplication({}, { description }));
    expect(message).toContain('ArgoCdProject description: ');
    expect(message).toContain(because);
    expect(message).not.toContain('canary');
  });

  it.each([[{}], [{ name: 'eu-1', server: 'https://10.0.0.1' }]])(
    'allows nothing at the destination %j',
    (destination) => {
      const argoCd = testChart({ namespace: 'argocd' });
      const project = new ArgoCdProject(argoCd, 'embeddings', { repository: REPOSITORY });
      expectRefusal(
        () => {
          project.allow(deployedChart(argoCd), [destination]);
        },
        {
          what: 'ArgoCdProject.allow destinations',
          value: JSON.stringify(destination),
          because: 'a cluster is named by its name or by its server',
          instead: "write for example ArgoCdCluster.named('eu-1').destination",
        },
      );
    },
  );
});

describe('an ArgoCdSyncWindow', () => {
  const base = { schedule: '0 22 * * *', duration: Duration.hours(8) };
  const windows = (...syncWindows: ArgoCdSyncWindow[]): unknown =>
    at(find(renderArgoCd({}, { syncWindows }), 'AppProject'), 'spec.syncWindows');

  it('counts for every Application of the project', () => {
    expect(
      windows(
        ArgoCdSyncWindow.allow({ ...base, schedule: '0  8 * * MON-FRI', manualSync: true }),
        ArgoCdSyncWindow.deny({ ...base, duration: Duration.minutes(90), timeZone: 'Europe/Berlin' }),
      ),
    ).toEqual([
      { kind: 'allow', schedule: '0 8 * * MON-FRI', duration: '8h', manualSync: true, applications: ['*'] },
      { kind: 'deny', schedule: '0 22 * * *', duration: '90m', timeZone: 'Europe/Berlin', applications: ['*'] },
    ]);
  });

  it.each(['0 0 1,15 jan-jun/2 *', '*/15 8-18 * * 1-5', '0 22 ? * sun'])('takes the schedule %j', (schedule) => {
    expect(windows(ArgoCdSyncWindow.deny({ ...base, schedule }))).toMatchObject([{ schedule }]);
  });

  it.each([
    '',
    '@daily',
    '0 22 * *',
    '0 0 22 * * *',
    '60 22 * * *',
    '0 22 * * 7',
    '0 22 * * fri-mon',
    '0 a * * *',
    '*/0 * * * *',
  ])('is refused for the schedule %j', (schedule) => {
    expectRefusal(() => ArgoCdSyncWindow.deny({ ...base, schedule }), {
      what: 'ArgoCdSyncWindow.deny schedule',
      value: JSON.stringify(schedule),
      because: 'a schedule is the five fields of cron',
      instead: 'write for example "0 22 * * mon-fri"',
    });
  });

  it.each([Duration.seconds(30), Duration.seconds(90)])('is refused for part of a minute', (duration) => {
    expect(messageOf(() => ArgoCdSyncWindow.allow({ ...base, duration }))).toContain(
      'is refused: a window lasts whole minutes, and at least one; write for example Duration.hours(8)',
    );
  });

  it('is refused in a time zone that Argo CD would take for UTC', () => {
    expectRefusal(() => ArgoCdSyncWindow.allow({ ...base, timeZone: 'Europe/Berln' }), {
      what: 'ArgoCdSyncWindow.allow timeZone',
      value: '"Europe/Berln"',
      because: 'Argo CD would take it for UTC without an error',
      instead: 'for example "Europe/Berlin"',
    });
  });
});
