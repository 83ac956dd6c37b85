/** What is known of a resource from the template alone, before anything is made. */
export interface ResourceIdentity {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly region: string;
  readonly accountId: string;
  readonly partition: string;
  /** `<stackName>-<logicalId>`: the physical name where the template gives none. */
  readonly defaultName: string;
  /** One property, intrinsics resolved. */
  property(name: string): unknown;
}

/** A resource about to be made: every property resolved. */
export interface Resource extends ResourceIdentity {
  readonly physicalId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** A GetAtt of this very resource. */
  attribute(name: string): string;
}

/**
 * One CloudFormation resource type as the local system understands it. `ref` and `attributes` are pure, so that
 * references resolve in any order; `provision` makes the thing in its service.
 */
export interface ResourceModel {
  readonly type: string;
  ref(identity: ResourceIdentity): string;
  readonly attributes: Readonly<Record<string, (identity: ResourceIdentity) => string>>;
  provision?(resource: Resource): void | Promise<void>;
}
