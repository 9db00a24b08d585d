/**
 * How much the NIM logs; each generation has its own words for it.
 *
 * @example
 * new nim.TextEmbeddingNim(chart, 'text-embedding', { model, credentials, logLevel: nim.LogLevel.WARNING });
 */
export enum LogLevel {
  /** Everything, including request details: for a short diagnosis only. */
  DEBUG = 'DEBUG',
  /** Starts, requests and errors. */
  INFO = 'INFO',
  /** Warnings and errors. */
  WARNING = 'WARNING',
  /** Errors only. */
  ERROR = 'ERROR',
}
