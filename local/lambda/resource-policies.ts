import type { Clock } from '../clock';

/** One `AWS::Lambda::Permission`. */
export interface Permission {
  readonly statementId: string;
  /** Function, version or alias ARN that it is about. */
  readonly functionArn: string;
  readonly action: string;
  /** A service (`apigateway.amazonaws.com`), an account or a role ARN. */
  readonly principal: string;
  readonly sourceArn: string | undefined;
}

/** What the runtime asks of IAM. */
export interface LambdaIam {
  setResourcePolicy(arn: string, document: unknown): void;
  /** Whether the resource policy of `arn` lets a service act for `sourceArn`. */
  allowsService(arn: string, principal: string, action: string, sourceArn?: string): boolean;
}

/** The resource policies of functions, grown one permission at a time and handed to IAM whole. */
export class ResourcePolicies {
  readonly #iam: LambdaIam;
  readonly #statements = new Map<string, object[]>();

  constructor(iam: LambdaIam) {
    this.#iam = iam;
  }

  add(permission: Permission): void {
    const statements = this.#statements.get(permission.functionArn) ?? [];
    this.#statements.set(permission.functionArn, statements);
    statements.push(statementOf(permission));
    this.#iam.setResourcePolicy(permission.functionArn, { Version: '2012-10-17', Statement: statements });
  }
}

function statementOf({ statementId, functionArn, action, principal, sourceArn }: Permission): object {
  const isService = principal.endsWith('.amazonaws.com');
  return {
    Sid: statementId,
    Effect: 'Allow',
    Principal: isService ? { Service: principal } : { AWS: principal },
    Action: action,
    Resource: functionArn,
    ...(sourceArn === undefined ? {} : { Condition: { ArnLike: { 'AWS:SourceArn': sourceArn } } }),
  };
}

/** Lambda's own form of a time: `2026-03-01T12:00:00.000+0000`. */
export const lambdaTime = (clock: Clock) => new Date(clock.now()).toISOString().replace('Z', '+0000');
