/** A raw item as the local DynamoDB keeps it. */
export type RawItem = Readonly<Record<string, unknown>>;

/** The text of a string attribute, or base 64 of a binary one; `undefined` where the item has none. */
export function textOf(item: RawItem, name: string, type: 'S' | 'B' = 'S'): string | undefined {
  const attribute = item[name];
  if (typeof attribute !== 'object' || attribute === null) return undefined;
  const value: unknown = Reflect.get(attribute, type);
  return typeof value === 'string' ? value : undefined;
}
