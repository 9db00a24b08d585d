/// <reference types="node" />
import * as nodeModule from 'node:module';

// Node keeps what it has compiled for the next run, in the folder for temporary files. Node 20 cannot yet.
(nodeModule as { enableCompileCache?: () => unknown }).enableCompileCache?.();
