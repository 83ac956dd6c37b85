/**
 * Unpacks the Chromium of the package, with the libraries and fonts that it brings, into the folder for temporary files,
 * and prints where it lies. Run by itself, because the package reads its surroundings while it is loaded.
 */
const chromium = require('@sparticuz/chromium');

chromium.executablePath().then((path) => process.stdout.write(JSON.stringify({ path, args: chromium.args })));
