import type { Resource } from '../template/resource-model';

export interface KnownProperties {
  readonly understood: readonly string[];
  /** Property → why leaving it out changes nothing that a local run shows. */
  readonly ignored: Readonly<Record<string, string>>;
}

/** Throws, naming type, logical id and property, if the template sets something that nobody here has thought about. */
export function requireKnownProperties(
  resource: Pick<Resource, 'type' | 'logicalId' | 'properties'>,
  { understood, ignored }: KnownProperties,
): void {
  for (const name of Object.keys(resource.properties)) {
    if (understood.includes(name) || Object.hasOwn(ignored, name)) continue;
    throw new Error(
      `${resource.type} ${resource.logicalId}: the local system does not model property ${name}`,
    );
  }
}
