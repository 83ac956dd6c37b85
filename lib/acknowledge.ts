import type { CfnElement } from 'aws-cdk-lib';
import { Stack, Validations } from 'aws-cdk-lib';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';

/**
 * Accepts a finding of a rule pack on one resource, with the reason a reviewer will read. Packs report on the
 * CloudFormation resource, so the acknowledgement covers `construct` and what it is made of, never a whole stack.
 */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));
}

/** Accepts that a role may act on every object of one bucket, or on those of a prefix: objects are named at run time. */
export function acknowledgeObjects(role: IConstruct, bucket: IBucket, reason: string, objects = '*'): void {
  acknowledge(role, { [`AwsSolutions-IAM5[Resource::${arnAsReported(role, bucket)}/${objects}]`]: reason });
}

/** The pack names a bucket of another stack by the export that carries its ARN. */
function arnAsReported(from: IConstruct, bucket: IBucket): string {
  const owner = Stack.of(bucket);
  if (owner === Stack.of(from)) return `<${owner.getLogicalId(bucket.node.defaultChild as CfnElement)}.Arn>`;
  const imported: unknown = owner.resolve(owner.exportValue(bucket.bucketArn));
  return String((imported as { 'Fn::ImportValue': string })['Fn::ImportValue']);
}
