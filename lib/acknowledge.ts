import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Accepts a finding of a rule pack on one resource, with the reason a reviewer will read. Packs report on the
 * CloudFormation resource, so the acknowledgement covers `construct` and what it is made of, never a whole stack.
 */
export function acknowledge(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(reasons).map(([id, reason]) => ({ id, reason })));
}
