const { mkdtempSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** One folder for what the tests of a run share; the assembly is synthesised there by whoever needs it first. */
module.exports = () => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';
  process.env.PLATEKEEPER_TEST_FOLDER = mkdtempSync(join(tmpdir(), 'platekeeper-test-'));
};
