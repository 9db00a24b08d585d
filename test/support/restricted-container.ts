export const restrictedContainer = {
  runAsNonRoot: true,
  runAsUser: 1000,
  runAsGroup: 1000,
  privileged: false,
  allowPrivilegeEscalation: false,
  readOnlyRootFilesystem: false,
  capabilities: { drop: ['ALL'] },
  seccompProfile: { type: 'RuntimeDefault' },
};
