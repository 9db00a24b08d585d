import { Duration } from 'cdk8s';
import { NimRuntime } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { nimDeployment, renderNimDeployment, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { literalsOf, nimOf, podOf } from '../support/workload';

describe.each([NimRuntime.NATIVE_2_0, NimRuntime.NATIVE_2_2])('the request timeout of $name', (runtime) => {
  const image = taggedImage(runtime === NimRuntime.NATIVE_2_0 ? '2.0.0' : '2.2.0');
  const variable = runtime === NimRuntime.NATIVE_2_0 ? 'NIM_REQUEST_TIMEOUT_S' : 'NIM_SERVER_REQUEST_TIMEOUT_S';

  it('is set where it is given, and the grace period is 10 s longer', () => {
    const objects = renderNimDeployment({ image, requestTimeout: Duration.minutes(5) });
    expect(literalsOf(nimOf(objects))).toMatchObject({ [variable]: '300' });
    expect(podOf(objects).terminationGracePeriodSeconds).toBe(310);
  });

  it('is known to the API behind the service: the default of the NIM where it is not given', () => {
    expect(nimDeployment({ image }).api.requestTimeout?.toSeconds()).toBe(120);
    expect(nimDeployment({ image, requestTimeout: Duration.minutes(5) }).api.requestTimeout?.toSeconds()).toBe(300);
  });
});

describe('the request timeout of 1.x', () => {
  it('is unknown to the API behind the service', () => {
    expect(nimDeployment({ image: taggedImage('1.13.0') }).api.requestTimeout).toBeUndefined();
  });

  it('is refused', () => {
    expectRefusal(() => nimDeployment({ image: taggedImage('1.13.0'), requestTimeout: Duration.minutes(5) }), {
      what: 'NimDeployment requestTimeout',
      value: '"300 s"',
      because: 'images 1.x document no request timeout; it is a setting of 2.x',
      instead: 'leave it out, and set the timeout of the ingress',
    });
  });
});
