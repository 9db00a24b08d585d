#!/bin/sh
# Publishes every rendered folder into a checkout of the repository that Argo CD reads, and prints the summary for the pull request:
# sh publish.sh dist ../manifests
set -eu
for folder in "$1"/*/; do
  name=$(basename "$folder")
  case $name in
    argocd | root) target=$2/$name ;;
    *) target=$2/envs/$name ;;
  esac
  ${CDK8S_NIM:-npx --no-install cdk8s-nim} publish "$folder" --to "$target" --format markdown
  echo
done
