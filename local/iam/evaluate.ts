import { type ConditionContext, holds } from './conditions';
import type { PolicyDocument, Principal, Statement } from './policy-document';
import { matchesArn, matchesWildcard } from './wildcard';

export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
  readonly accountId: string;
  /** Who asks. A service has no identity policies: only a resource policy can let it in. */
  readonly principal:
    | { readonly kind: 'role'; readonly roleArn: string; readonly sessionArn: string }
    | { readonly kind: 'service'; readonly name: string };
}

export interface ApplicablePolicies {
  /** Of the role; empty for a service. */
  readonly identity: readonly PolicyDocument[];
  /** Of the resource, where it has one. */
  readonly resource: PolicyDocument | undefined;
  /** KMS keys: without a word of the key policy (to the role, or delegating to the account) nothing is allowed. */
  readonly isResourcePolicyRequired: boolean;
}

export type AccessDecision =
  | { readonly kind: 'allowed' }
  | { readonly kind: 'denied'; readonly because: DenialReason };

export type DenialReason =
  | 'no identity-based policy allows'
  | 'no resource-based policy allows'
  | 'explicit deny in an identity-based policy'
  | 'explicit deny in a resource-based policy';

/**
 * IAM's evaluation within one account: an explicit deny wins; then the resource policy may allow the principal by
 * itself; then an identity policy must allow, for a KMS key only if the key policy delegates to the account.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: AccessRequest, policies: ApplicablePolicies): AccessDecision {
  const identity = policies.identity
    .flatMap(({ statements }) => statements)
    .filter((s) => speaksOf(s, request));
  const resource = (policies.resource?.statements ?? []).filter((s) => speaksOf(s, request));

  if (identity.some(isDeny)) return denied('explicit deny in an identity-based policy');
  if (resource.some((s) => isDeny(s) && matchPrincipal(s.principals, request) !== 'no')) {
    return denied('explicit deny in a resource-based policy');
  }
  const grants = resource.filter((s) => !isDeny(s)).map((s) => matchPrincipal(s.principals, request));
  if (grants.includes('directly')) return { kind: 'allowed' };
  if (request.principal.kind === 'service') return denied('no resource-based policy allows');
  if (policies.isResourcePolicyRequired && !grants.includes('through-account')) {
    return denied('no resource-based policy allows');
  }
  return identity.length > 0 ? { kind: 'allowed' } : denied('no identity-based policy allows');
}

const isDeny = (statement: Statement) => statement.effect === 'Deny';
const denied = (because: DenialReason): AccessDecision => ({ kind: 'denied', because });

function speaksOf(statement: Statement, { action, resource, context }: AccessRequest): boolean {
  const isAction = statement.actions.some((pattern) =>
    matchesWildcard(pattern.toLowerCase(), action.toLowerCase()),
  );
  if (isAction === statement.isNotAction) return false;
  const isResource = statement.resources.some((pattern) => {
    const known = withVariables(pattern, context);
    return known !== undefined && matchesArn(known, resource);
  });
  if (isResource === statement.isNotResource) return false;
  return statement.conditions.every((condition) => holds(condition, context));
}

/** A pattern with a variable that the request does not have matches nothing. Values are taken as they are, not as patterns. */
function withVariables(pattern: string, context: ConditionContext): string | undefined {
  let isKnown = true;
  const text = pattern.replace(/\$\{([^}*?$]+)\}/g, (_, key: string) => {
    const [value, ...others] = context.get(key.toLowerCase()) ?? [];
    if (value === undefined || others.length > 0 || /[*?]/.test(value)) isKnown = false;
    return value ?? '';
  });
  return isKnown ? text : undefined;
}

/** The account as principal only passes the question on to the account's identity policies. */
function matchPrincipal(
  principals: readonly Principal[] | undefined,
  { principal, accountId }: AccessRequest,
): 'no' | 'directly' | 'through-account' {
  let match: 'no' | 'through-account' = 'no';
  for (const { kind, value } of principals ?? []) {
    if (kind === 'everyone') return 'directly';
    if (kind === 'service' && principal.kind === 'service' && value === principal.name) return 'directly';
    if (kind !== 'aws' || principal.kind !== 'role') continue;
    if (value === principal.roleArn || value === principal.sessionArn) return 'directly';
    if (value === accountId || new RegExp(`^arn:[^:]+:iam::${accountId}:root$`).test(value))
      match = 'through-account';
  }
  return match;
}
