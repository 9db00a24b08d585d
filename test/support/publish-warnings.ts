import { expect } from 'vitest';
import { readObjects } from '../../lib/cli/documents';
import { compareObjects, type PlacedObject } from '../../lib/cli/publish/objects';
import { warningsOf } from '../../lib/cli/publish/warnings';
import { showObject } from '../../lib/manifests/manifest';
import { filesIn } from './programs';
import type { Files } from './publishing';

export function objectsIn(files: Files): PlacedObject[] {
  return Object.entries(files).flatMap(([file, text]) => readObjects({ file, text }).objects);
}

export function warningsBetween(before: Files, after: Files): { readonly what: string; readonly effect: string }[] {
  return warningsOf(compareObjects(objectsIn(before), objectsIn(after))).map(({ object, path, message, effect }) => ({
    what: `${showObject(object)}${path === '' ? '' : `, ${path}`}: ${message}`,
    effect,
  }));
}

/** Renders by the name of their folder. */
export const RENDERS: Readonly<Record<string, Files>> = Object.fromEntries(
  ['aws-alb', 'envoy-gateway', 'f5-nginx', 'haproxy', 'ingress-nginx', 'openshift-route', 'traefik']
    .map((name) => [name, filesIn(`examples/${name}/rendered/embeddings`)] as const)
    .concat([
      ['fqdn-egress', filesIn('examples/fqdn-egress/rendered/cilium')],
      ['fqdn-egress-openshift', filesIn('examples/fqdn-egress/rendered/openshift')],
      ['production', filesIn('test/golden/production')],
    ]),
);

/** A render with a text replaced in the one file whose name begins so; the file is gone where nothing takes its place. */
export function edited(render: string, file: string, from: string | RegExp, to: string | undefined): Files {
  const files = { ...RENDERS[render] };
  const name = Object.keys(files).find((candidate) => candidate.startsWith(`${file}.`)) ?? '';
  const text = files[name] ?? '';
  if (to === undefined) {
    return Object.fromEntries(Object.entries(files).filter(([candidate]) => candidate !== name));
  }
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return { ...files, [name]: changed };
}
