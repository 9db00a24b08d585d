import { describe, expect, it } from 'vitest';
import {
  exceptionAnnotation,
  KEEP_ON_DELETION,
  ownAnnotation,
  prerequisiteAnnotation,
  SYNC_WAVE_FIRST,
} from '../../lib/common/annotations';

// People search for these names, and Argo CD reads the others: a change breaks what is deployed.
describe('an annotation', () => {
  it.each([
    [ownAnnotation('acknowledge-probes'), 'cdk8s-nim/acknowledge-probes'],
    [exceptionAnnotation('status-429'), 'cdk8s-nim/exception-status-429'],
    [prerequisiteAnnotation('oauth2-proxy'), 'cdk8s-nim/prerequisite-oauth2-proxy'],
  ])('of this package has the name %s', (name, expected) => {
    expect(name).toBe(expected);
  });

  it('of Argo CD keeps an object without a question, and applies one first', () => {
    expect(KEEP_ON_DELETION).toEqual({ 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' });
    expect(SYNC_WAVE_FIRST).toEqual({ 'argocd.argoproj.io/sync-wave': '-1' });
  });
});
