import { describe, expect, it } from 'vitest';
import { type NimByHand, nimByHand } from '../support/nim-by-hand';
import { check } from '../support/rules';

/** From the charts, samples and documentation of each. */
const nims: Record<string, NimByHand> = {
  'a language model of 2.x': {
    image: 'nvcr.io/nim/nvidia/nemotron-3-super-120b-a12b:2.0.3',
    env: { NIM_SERVER_PORT: '8000', NIM_LOG_LEVEL: 'INFO', NIM_JSONL_LOGGING: '1', NIM_MODEL_PROFILE: 'vllm-fp8' },
    port: 8000,
    modelPath: '/opt/nim/.cache',
  },
  'the NIM for any language model': {
    image: 'nvcr.io/nim/nvidia/llm-nim:1.14.0',
    env: { NIM_MODEL_NAME: 'hf://google/gemma-3-27b-it', NIM_SERVED_MODEL_NAME: 'google/gemma-3-27b-it' },
    port: 8000,
    modelPath: '/opt/nim/.cache',
  },
  'speech, on a port of its own': {
    image: 'nvcr.io/nim/nvidia/parakeet-1-1b-ctc-en-us:1.5.0',
    env: { NIM_HTTP_API_PORT: '9000', NIM_GRPC_API_PORT: '50051' },
    port: 9000,
    modelPath: '/opt/nim/.cache',
  },
  reranking: {
    image: 'nvcr.io/nim/nvidia/llama-nemotron-rerank-1b-v2:2.0.0',
    env: { NIM_MODEL_DOWNLOAD_PROVIDER: 'ngc', NIM_ADMISSION_SIZE: '64' },
    port: 8000,
    modelPath: '/model',
  },
};

describe('no facts of the embedding NIM are held against', () => {
  it.each(Object.entries(nims))('%s', (_, nim) => {
    expect(check(nimByHand(nim)).findings).toEqual([]);
  });
});
