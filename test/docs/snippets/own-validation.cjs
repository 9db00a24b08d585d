const { GuardrailsValidation } = require('cdk8s-nim');
const { rules } = require('./own-rules.cjs');

exports.OurValidation = class extends GuardrailsValidation {
  constructor(properties) {
    super({ ...properties, rules });
  }
};
