const { TestEnvironment } = require('jest-environment-node');

/**
 * The networks' native binding makes its arrays outside Jest's sandbox, whose own `Float32Array` is another class; tests
 * that run the networks share the outer one.
 */
module.exports = class extends TestEnvironment {
  async setup() {
    await super.setup();
    this.global.Float32Array = Float32Array;
  }
};
