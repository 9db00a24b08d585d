import { type NimDeploymentProps, NimFamily } from 'cdk8s-nim';
import { describe, expect, it } from 'vitest';
import { factsOfTag } from '../../lib/nim/generations';
import { type Given, nimDeployment, renderNimDeployment, secretIn, taggedImage } from '../support/nims';
import { expectRefusal } from '../support/refusals';
import { literalsOf, nimOf } from '../support/workload';

const families: Record<string, { readonly setting: string; readonly because: string; readonly unknownTo: string[] }[]> =
  {
    'of Triton': [
      'NIM_TRITON_MAX_BATCH_SIZE',
      'NIM_TRITON_LOG_VERBOSE',
      'NIM_TRITON_PERFORMANCE_MODE',
      'NIM_HTTP_API_PORT',
      'NIM_HTTP_TRITON_PORT',
      'NIM_HTTP_MAX_WORKERS',
      'NIM_GRPC_API_PORT',
      'NIM_CACHE_PATH',
      'NIM_JSONL_LOGGING',
      'NIM_LOGGING_JSONL',
      'NIM_LOG_LEVEL',
      'NIM_MODEL_PROFILE',
      'NIM_MANIFEST_ALLOW_UNSAFE',
      'NIM_NUM_MODEL_INSTANCES',
      'NIM_CUSTOM_MODEL',
      'NIM_IGNORE_MODEL_DOWNLOAD_FAIL',
      'NIM_SSL_MODE',
    ].map((setting) => ({
      setting,
      because: 'it is a setting of the 1.x images',
      unknownTo: ['2.0.0', '2.3.0'],
    })),
    'for OpenTelemetry': ['NIM_ENABLE_OTEL', 'OTEL_SERVICE_NAME', 'NIM_OTEL_SERVICE_NAME', 'TRITON_OTEL_URL'].map(
      (setting) => ({ setting, because: '2.x images export no OpenTelemetry', unknownTo: ['2.0.0', '2.3.0'] }),
    ),
    'of 2.0': [
      'NIM_BIND_ADDR',
      'NIM_GRPC_BIND_ADDR',
      'NIM_GRPC_MAX_DECODING_MESSAGE_BYTES',
      'NIM_HTTP_BODY_LIMIT_BYTES',
      'NIM_MAX_IMAGE_BYTES',
      'NIM_MAX_QUEUE_SIZE',
      'NIM_MAX_WAIT_MS',
      'NIM_REQUEST_TIMEOUT_S',
      'NIM_PRECISION',
      'NIM_MODEL_DOWNLOAD_PROVIDER',
      'NIM_MODEL_NAME',
      'NIM_MODEL_PATH',
    ].map((setting) => ({
      setting,
      because: 'it is a setting of the 2.0 images, with which newer ones do not start',
      unknownTo: ['1.13.0', '2.3.0'],
    })),
    'of 2.2 and newer': [
      'NIM_SERVER_BIND_ADDR',
      'NIM_SERVER_GRPC_BIND_ADDR',
      'NIM_SERVER_MAX_QUEUE_SIZE',
      'NIM_ENGINE_PRECISION',
      'NIM_ENGINE_MODEL_PATH',
      'NIM_PIPELINE_MAX_BATCH_SIZE',
      'NIM_PERFORMANCE_MODE',
    ].map((setting) => ({
      setting,
      because: 'it is a setting of the 2.2 and newer images',
      unknownTo: ['1.13.0', '2.0.0'],
    })),
    'of 2.x': [
      'RUST_LOG',
      'LOG_FORMAT',
      'SHOW_CONFIG',
      'NIM_ENGINE_COUNT',
      'NIM_PRECOMPILE_CACHE_DIR',
      'NIM_TLS_CERT_PATH',
      'HF_HUB_OFFLINE',
    ].map((setting) => ({ setting, because: 'it is a setting of the 2.x images', unknownTo: ['1.13.0'] })),
    'that the embedding NIM does not have': [
      {
        setting: 'NIM_SERVER_PORT',
        because: 'it is a setting of LLM NIMs, and an embedding NIM listens where NIM_HTTP_API_PORT (1.x)',
        unknownTo: ['1.13.0', '2.0.0', '2.3.0'],
      },
    ],
    'that is misspelt': [
      {
        setting: 'NIM_TRITION_MAX_QUEUE_SIZE',
        because: 'it is a misspelling of NIM_TRITON_…, which the NIM ignores',
        unknownTo: ['1.13.0', '2.0.0', '2.3.0'],
      },
    ],
  };

const foreign = Object.entries(families).flatMap(([family, settings]) =>
  settings.flatMap(({ setting, because, unknownTo }) =>
    unknownTo.map((tag) => ({ family, setting, because, tag, generation: factsOfTag(NimFamily.EMBEDDING, tag) })),
  ),
);

describe('a setting', () => {
  it.each(foreign)('$family is refused on $tag: $setting', ({ setting, because, tag, generation }) => {
    const image = taggedImage(tag);
    const ways: Given<NimDeploymentProps>[] = [
      { image, env: { [setting]: '1' } },
      (chart) => ({ image, secretEnv: { [setting]: { secret: secretIn(chart, 'settings'), key: 'value' } } }),
    ];
    for (const props of ways) {
      expectRefusal(() => nimDeployment(props), {
        what: 'NimDeployment env name',
        value: JSON.stringify(setting),
        because,
        instead: ['NIM_SERVER_PORT', 'NIM_HTTP_API_PORT'].includes(setting)
          ? 'use the prop port instead'
          : 'leave it out, or write the name that this generation documents',
      });
      expect(() => nimDeployment(props)).toThrow(
        `this image is of the generation ${generation?.runtime.name} (${generation?.versions})`,
      );
    }
  });

  it.each([
    ['1.13.0', 'NIM_TRITON_MAX_BATCH_SIZE'],
    ['1.13.0', 'NIM_NUM_TOKENIZERS'],
    ['1.13.0', 'NIM_ENABLE_OTEL'],
    ['1.13.0', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
    ['1.13.0', 'NIM_SERVED_MODEL_NAME'],
    ['2.0.0', 'NIM_MAX_WAIT_MS'],
    ['2.0.0', 'NIM_ENGINE_COUNT'],
    ['2.0.0', 'NIM_PRECOMPILE_CACHE_DIR'],
    ['2.3.0', 'NIM_ENGINE_COUNT'],
    ['2.3.0', 'NIM_ENGINE_PRECISION'],
    ['2.3.0', 'NIM_PIPELINE_MAX_BATCH_SIZE'],
    ['2.3.0', 'NIM_PERFORMANCE_MODE'],
    ['2.3.0', 'RAYON_NUM_THREADS'],
  ])('of its own generation is taken on %s: %s', (tag, setting) => {
    const objects = renderNimDeployment({ image: taggedImage(tag), env: { [setting]: '1' } });
    expect(literalsOf(nimOf(objects))).toMatchObject({ [setting]: '1' });
  });
});
