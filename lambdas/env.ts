/** Variables that a function needs and was not given. */
export class MissingEnvironment extends Error {
  constructor(readonly missing: readonly string[]) {
    super(`missing environment variables: ${missing.join(', ')}`);
    this.name = 'MissingEnvironment';
  }
}

/**
 * The values of the named variables, under the keys of `names`. Throws `MissingEnvironment` naming every variable that
 * is absent or empty, so that one failed start tells all that a deployment forgot.
 */
export function requireEnv<const Names extends Readonly<Record<string, string>>>(
  source: NodeJS.ProcessEnv,
  names: Names,
): { readonly [Key in keyof Names]: string } {
  const missing = Object.values(names).filter((name) => !source[name]);
  if (missing.length > 0) throw new MissingEnvironment(missing);
  const values = Object.entries(names).map(([key, name]) => [key, source[name]]);
  return Object.fromEntries(values) as { readonly [Key in keyof Names]: string };
}
