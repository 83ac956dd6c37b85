/** Packages that export an `import` condition only are resolved by it and transformed; all others as usual. */
const esmOnly = /^(@middy\/|otpauth$)/;

module.exports = (request, options) =>
  options.defaultResolver(request, {
    ...options,
    conditions: esmOnly.test(request) ? ['node', 'import', 'default'] : options.conditions,
  });
