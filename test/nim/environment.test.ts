import { describe, expect, it } from 'vitest';
import { renderNimDeployment, secretIn } from '../support/nims';
import { testChart } from '../support/manifests';
import { expectRefusal } from '../support/refusals';

describe('the environment of a NIM', () => {
  it('refuses the variable that gets around the device plugin', () => {
    expectRefusal(() => renderNimDeployment({ env: { NVIDIA_VISIBLE_DEVICES: 'all' } }), {
      what: 'NimDeployment env name',
      value: '"NVIDIA_VISIBLE_DEVICES"',
      because: 'it shows the container GPUs that the device plugin has given to others',
      instead: 'use the prop gpu instead',
    });
  });

  it('refuses it from a Secret too', () => {
    const secretEnv = { NVIDIA_VISIBLE_DEVICES: { secret: secretIn(testChart(), 'devices'), key: 'devices' } };
    expect(() => renderNimDeployment({ secretEnv })).toThrow('"NVIDIA_VISIBLE_DEVICES" is refused');
  });
});
