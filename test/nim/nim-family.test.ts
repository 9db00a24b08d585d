import { describe, expect, it } from 'vitest';
import { EmbeddingModel, NimFamily, NimModel } from 'cdk8s-nim';

const { EMBEDDING } = NimFamily;

describe('the family of embedding models', () => {
  const models = Object.values(EmbeddingModel).filter((model) => model instanceof EmbeddingModel);

  it.each(models.map((model) => [model.id, model] as const))('has %s and knows its image', (_, model) => {
    expect(model).toBeInstanceOf(NimModel);
    expect(model.family).toBe(EMBEDDING);
    expect(EMBEDDING._hasImage(model.image.repository)).toBe(true);
  });

  it.each([
    'nvcr.io/nim/nvidia/llama-nemotron-rerank-1b-v2',
    'nvcr.io/nim/nvidia/nemotron-ocr-v2',
    'nvcr.io/nim/meta/llama-3.1-8b-instruct',
    'registry.example.com/embeddings/reranker',
  ])('has no image %s', (repository) => {
    expect(EMBEDDING._hasImage(repository)).toBe(false);
  });

  it('gives each caller paths of its own', () => {
    EMBEDDING.paths.pop();
    EMBEDDING.internalPaths.pop();
    expect(EMBEDDING.paths).toEqual(['/v1/embeddings', '/v1/models']);
    expect(EMBEDDING.internalPaths).toContain('/metrics');
  });
});
