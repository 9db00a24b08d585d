// Node keeps what it has compiled for the next run, in the folder for temporary files. Node 20 cannot yet.
import Module from 'node:module';

Module.enableCompileCache?.();
