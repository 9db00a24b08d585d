/** Lines of a log in Kubernetes' own form that are no mere information. */
export function complaintsIn(log: string): string[] {
  return log.split('\n').filter((line) => /^[WEF]\d{4} /.test(line));
}
