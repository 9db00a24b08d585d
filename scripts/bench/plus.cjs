// The floor: loading the packages that every cdk8s program loads.
require('cdk8s-plus-28');
