/** A pattern for the names of the pods of a Deployment: its name, the hash of the ReplicaSet, and five characters. */
export function podNamePattern(deployment: string): string {
  // Another Deployment may begin with the same letters.
  return `${deployment}-[a-z0-9]+-[a-z0-9]{5}`;
}
