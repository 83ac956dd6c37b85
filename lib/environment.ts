/** Each variable that a function declares gets a value; one more or one less does not compile. */
export function environmentOf<const Names extends Readonly<Record<string, string>>>(
  names: Names,
  values: { readonly [Key in keyof Names]: string },
): Record<string, string> {
  return Object.fromEntries(Object.entries(names).map(([key, name]) => [name, values[key as keyof Names]]));
}
