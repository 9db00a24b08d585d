// Loads the library, as every program that uses it does.
require('cdk8s-nim');
