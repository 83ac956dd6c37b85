import type { LocalSystem } from '../../local/system';

/** The physical name of a store by the name of its construct, for example `Reads`. Throws when there is not one. */
export function physicalName(system: LocalSystem, construct: string): string {
  const found = system.resources.filter(
    ({ type, logicalId }) =>
      /^AWS::(DynamoDB::GlobalTable|S3::Bucket)$/.test(type) &&
      new RegExp(`^${construct}(Table|Bucket)[0-9A-F]{8}$`).test(logicalId),
  );
  const [only, more] = found;
  if (only === undefined || more !== undefined)
    throw new Error(`the templates have ${found.length} stores named ${construct}`);
  return only.physicalId;
}
