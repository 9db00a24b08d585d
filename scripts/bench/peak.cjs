// A preload: prints the largest memory of the process, in MiB, as the last line of the standard error output.
const { writeSync } = require('node:fs');

process.on('exit', () => writeSync(2, `\n${Math.round(process.resourceUsage().maxRSS / 1024)}`));
