const { rmSync } = require('node:fs');

module.exports = () => {
  rmSync(process.env.PLATEKEEPER_TEST_FOLDER, { recursive: true, force: true });
};
