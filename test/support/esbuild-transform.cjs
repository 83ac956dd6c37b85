const { transformSync } = require('esbuild');
const { createHash } = require('node:crypto');

module.exports = {
  getCacheKey: (source, filename, { configString }) =>
    createHash('sha256').update(source).update(filename).update(configString).update('2').digest('hex'),
  process: (source, filename) =>
    transformSync(source, {
      sourcefile: filename,
      loader: filename.endsWith('.ts') ? 'ts' : 'js',
      format: 'cjs',
      target: 'node20',
      sourcemap: 'inline',
      tsconfigRaw: { compilerOptions: { useDefineForClassFields: true } },
    }),
};
