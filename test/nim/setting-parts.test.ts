import { describe, expect, it } from 'vitest';
import { LogLevel, NimFamily } from 'cdk8s-nim';
import { generationsOf } from '../../lib/nim/generations';
import { nimDeployment, renderNimDeployment, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { literalsOf, nimOf } from '../support/workload';

describe('another listener of the NIM', () => {
  it.each([
    ['NIM_METRICS_PORT', '8000'],
    ['NIM_METRICS_BIND_ADDR', '0.0.0.0:8000'],
    ['NIM_METRICS_BIND_ADDR', '[::]:8000'],
  ])('is refused on the API port: %s=%s', (name, value) => {
    expectRefusal(() => nimDeployment({ env: { [name]: value } }), {
      what: `NimDeployment env ${name}`,
      value: JSON.stringify(value),
      because: 'port 8000 is that of the HTTP API',
      instead: 'choose another port; it stays inside the pod',
    });
  });

  it.each([
    ['NIM_METRICS_PORT', '9001'],
    ['NIM_METRICS_PORT', '80001'],
    ['NIM_METRICS_BIND_ADDR', '0.0.0.0:9001'],
    ['NIM_METRICS_PORT_NAME', '8000'],
    ['EXTRA_SETTING', '8000'],
  ])('is let through elsewhere: %s=%s', (name, value) => {
    expect(literalsOf(nimOf(renderNimDeployment({ env: { [name]: value } })))[name]).toBe(value);
  });
});

describe('the log level', () => {
  const level = (tag: string, logLevel: LogLevel): Record<string, string> =>
    literalsOf(nimOf(renderNimDeployment({ image: taggedImage(tag), logLevel })));

  it.each([
    [LogLevel.DEBUG, 'debug'],
    [LogLevel.INFO, 'info'],
    [LogLevel.WARNING, 'warn'],
    [LogLevel.ERROR, 'error'],
  ])('%s has a word in every generation', (logLevel, word) => {
    expect(level('1.13.0', logLevel)['NIM_LOG_LEVEL']).toBe(logLevel);
    expect(level('2.0.0', logLevel)['RUST_LOG']).toBe(word);
    expect(level('2.2.0', logLevel)['RUST_LOG']).toBe(word);
  });
});

describe('the settings of another generation', () => {
  const patterns = generationsOf(NimFamily.EMBEDDING).flatMap(({ foreign }) => foreign.map(({ pattern }) => pattern));
  const known = (name: string): boolean => patterns.some((pattern) => pattern.test(name));

  const names = [
    'NIM_HTTP_API_PORT',
    'NIM_SSL_MODE',
    'NIM_ENABLE_OTEL',
    'NIM_OTEL_SERVICE_NAME',
    'TRITON_OTEL_RATE',
    'OTEL_SERVICE_NAME',
    'NIM_BIND_ADDR',
    'NIM_MODEL_PATH',
    'NIM_SERVER_PORT',
    'NIM_SERVER_PORTS',
    'NIM_ENGINE_COUNT',
    'NIM_ENGINE_COUNTER',
    'NIM_PERFORMANCE_MODE',
    'RUST_LOG',
    'HF_HUB_OFFLINE',
    'NIM_TRITION_MAX_QUEUE_SIZE',
  ];

  it.each(names)('are known by their whole name: %s', (name) => {
    expect(known(name)).toBe(true);
    expect(known(`MY_${name}`)).toBe(false);
    expect(known(`${name}.mine`)).toBe(false);
  });
});
