// Renders one environment.
const { App, YamlOutputType } = require('cdk8s');
const { addChart, addNim } = require('./environment.cjs');

const app = new App({ yamlOutputType: YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE });
addNim(addChart(app, 'production'), 'text-embedding');
app.synth();
