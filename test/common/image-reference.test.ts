import { describe, expect, it } from 'vitest';
import { type ImageReference, imageReference } from '../../lib/common/image-reference';

const HEX = '0'.repeat(64);

describe('an image reference', () => {
  it.each<[string, ImageReference]>([
    ['nvcr.io/nim/x:1.2', { repository: 'nvcr.io/nim/x', tag: '1.2', digest: undefined }],
    ['nvcr.io/nim/x', { repository: 'nvcr.io/nim/x', tag: undefined, digest: undefined }],
    ['host:5000/x', { repository: 'host:5000/x', tag: undefined, digest: undefined }],
    ['host:5000/x:1', { repository: 'host:5000/x', tag: '1', digest: undefined }],
    [`host:5000/x@sha256:${HEX}`, { repository: 'host:5000/x', tag: undefined, digest: `sha256:${HEX}` }],
    [`x:1@sha256:${HEX}`, { repository: 'x', tag: '1', digest: `sha256:${HEX}` }],
    ['x@one@two', { repository: 'x', tag: undefined, digest: 'one@two' }],
    ['x:', { repository: 'x', tag: '', digest: undefined }],
    ['', { repository: '', tag: undefined, digest: undefined }],
  ])('%j has its parts', (text, parts) => {
    expect(imageReference(text)).toEqual(parts);
  });
});
