/** For the tools of jsii: they run on Node 20, and would warn of its end each time. */
export const JSII_ENVIRONMENT = { ...process.env, JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION: '20' };
