import type { ApiCall, Caller, CredentialSource, KnownCredentials } from '../aws/caller';
import { AwsError } from '../aws/errors';
import type { Clock } from '../clock';
import { type AccessDecision, evaluate } from './evaluate';
import { awsManagedPolicy } from './managed-policies';
import { type PolicyDocument, parsePolicyDocument } from './policy-document';
import { PolicyError } from './policy-error';
import { roleContext, serviceContext } from './request-context';
import { type IssuedCredentials, type SessionFacts, Sessions } from './sessions';

export interface IamOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  /** `aws` unless given. */
  readonly partition?: string;
}

interface Role {
  readonly trust: PolicyDocument;
  /** Inline and attached policies by name or ARN. */
  readonly policies: Map<string, PolicyDocument>;
}

export interface Refusal {
  readonly roleArn: string;
  /** As AWS words it: action, resource, role and why. */
  readonly message: string;
}

const refusalsKeptMax = 1000;

/** Roles, their policies, the policies of resources, and the temporary credentials of whoever took on a role. */
export class Iam implements CredentialSource {
  /** The person who deployed: administrator rights, yet bound by the explicit denies of resource policies. */
  readonly operatorRoleArn: string;
  readonly #options: IamOptions;
  readonly #roles = new Map<string, Role>();
  readonly #managed = new Map<string, PolicyDocument>();
  readonly #resourcePolicies = new Map<string, PolicyDocument>();
  readonly #sessions: Sessions;
  readonly #refusals: Refusal[] = [];

  constructor(options: IamOptions) {
    this.#options = options;
    this.#sessions = new Sessions(options.clock);
    this.operatorRoleArn = `arn:${options.partition ?? 'aws'}:iam::${options.accountId}:role/operator`;
    this.addRole(this.operatorRoleArn, { Statement: [] });
    this.putRolePolicy(this.operatorRoleArn, 'administrator', {
      Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    });
  }

  addRole(roleArn: string, trustPolicy: unknown): void {
    this.#roles.set(roleArn, { trust: parsePolicyDocument(trustPolicy, roleArn), policies: new Map() });
  }

  putRolePolicy(roleArn: string, name: string, document: unknown): void {
    this.#role(roleArn).policies.set(name, parsePolicyDocument(document, `${roleArn} (${name})`));
  }

  addManagedPolicy(policyArn: string, document: unknown): void {
    this.#managed.set(policyArn, parsePolicyDocument(document, policyArn));
  }

  /** Throws `PolicyError` for a managed policy of AWS that is not known here. */
  attachRolePolicy(roleArn: string, policyArn: string): void {
    const known = this.#managed.get(policyArn);
    const document = known ?? awsManagedPolicy(policyArn);
    if (document === undefined)
      throw new PolicyError('not-modelled', `${policyArn} is not known to the local system`);
    this.#role(roleArn).policies.set(policyArn, known ?? parsePolicyDocument(document, policyArn));
  }

  /** The policy of a resource, replacing the one it had; `undefined` takes it away. */
  setResourcePolicy(arn: string, document: unknown): void {
    if (document === undefined) this.#resourcePolicies.delete(arn);
    else this.#resourcePolicies.set(arn, parsePolicyDocument(document, arn));
  }

  hasRole(roleArn: string): boolean {
    return this.#roles.has(roleArn);
  }

  /** The ARN of the role of this name, whatever its path. Throws `AwsError` `NoSuchEntity`. */
  roleArn(name: string): string {
    for (const arn of this.#roles.keys()) if (nameOf(arn) === name) return arn;
    throw noSuchRole(name);
  }

  /** Every policy of a role, for checks over the whole system. */
  rolePolicies(roleArn: string): ReadonlyMap<string, PolicyDocument> {
    return this.#role(roleArn).policies;
  }

  /**
   * Temporary credentials of a role. With `servicePrincipal` the role's trust policy must let that service take it on
   * for `sourceArn`. Throws `AwsError` `NoSuchEntity` or `AccessDenied`.
   */
  issueCredentials(
    roleArn: string,
    sessionName: string,
    servicePrincipal?: string,
    sourceArn?: string,
    facts: SessionFacts = {},
  ): IssuedCredentials {
    const { trust } = this.#role(roleArn);
    if (servicePrincipal !== undefined && !this.#trusts(trust, roleArn, { servicePrincipal, sourceArn })) {
      throw new AwsError(
        'AccessDenied',
        `${servicePrincipal} may not assume ${roleArn}: its trust policy does not say so`,
      );
    }
    return this.#sessions.issue(roleArn, sessionName, facts);
  }

  /** The caller that credentials stand for, for calls inside this process. */
  callerOf(credentials: { readonly accessKeyId: string }): Caller {
    const known = this.find(credentials.accessKeyId);
    if (known === undefined)
      throw new AwsError('InvalidClientTokenId', 'these credentials were never issued', 403);
    return known.caller;
  }

  find(accessKeyId: string): KnownCredentials | undefined {
    return this.#sessions.find(accessKeyId);
  }

  /** `Authorize`: throws `AwsError` `AccessDeniedException`, worded as AWS does. */
  readonly authorize = (call: ApiCall): void => {
    const decision = this.decide(call);
    if (decision.kind === 'allowed') return;
    const message = refusal(call, this.#sessionArn(call.caller), decision.because);
    if (this.#refusals.length < refusalsKeptMax)
      this.#refusals.push({ roleArn: call.caller.roleArn, message });
    throw new AwsError('AccessDeniedException', message);
  };

  /** Every call that was refused, the first thousand: a grant that is missing shows here, whoever swallowed it. */
  get refusals(): readonly Refusal[] {
    return this.#refusals;
  }

  decide({ caller, action, resource, context }: ApiCall): AccessDecision {
    const { policies } = this.#role(caller.roleArn);
    return evaluate(
      {
        action,
        resource,
        accountId: this.#options.accountId,
        principal: { kind: 'role', roleArn: caller.roleArn, sessionArn: this.#sessionArn(caller) },
        context: roleContext(this.#options, {
          roleArn: caller.roleArn,
          given: { ...this.#sessions.contextOf(caller.accessKeyId), ...context },
        }),
      },
      {
        identity: [...policies.values()],
        resource: this.#resourcePolicyOf(resource),
        isResourcePolicyRequired: /^arn:[^:]+:kms:/.test(resource) && resource.includes(':key/'),
      },
    );
  }

  /** Whether a resource's policy lets an AWS service act on it for `sourceArn` (a bucket, a topic, an API's route). */
  allowsService(resource: string, principal: string, action: string, sourceArn?: string): boolean {
    const decision = evaluate(
      {
        action,
        resource,
        accountId: this.#options.accountId,
        principal: { kind: 'service', name: principal },
        context: serviceContext(this.#options, { principal, sourceArn }),
      },
      { identity: [], resource: this.#resourcePolicyOf(resource), isResourcePolicyRequired: true },
    );
    return decision.kind === 'allowed';
  }

  #trusts(
    trust: PolicyDocument,
    roleArn: string,
    by: { servicePrincipal: string; sourceArn?: string | undefined },
  ) {
    const decision = evaluate(
      {
        action: 'sts:AssumeRole',
        resource: roleArn,
        accountId: this.#options.accountId,
        principal: { kind: 'service', name: by.servicePrincipal },
        context: serviceContext(this.#options, { principal: by.servicePrincipal, sourceArn: by.sourceArn }),
      },
      { identity: [], resource: trust, isResourcePolicyRequired: true },
    );
    return decision.kind === 'allowed';
  }

  #role(roleArn: string): Role {
    const role = this.#roles.get(roleArn);
    if (role !== undefined) return role;
    throw new AwsError(
      'NoSuchEntity',
      `The role with name ${roleArn.split('/').at(-1)} cannot be found.`,
      404,
    );
  }

  /** The longest resource that has a policy and is the one asked for or holds it: a bucket for its objects. */
  #resourcePolicyOf(resource: string): PolicyDocument | undefined {
    const exact = this.#resourcePolicies.get(resource);
    if (exact !== undefined) return exact;
    const bucket = /^(arn:[^:]+:s3:::[^/]+)\//.exec(resource)?.[1];
    const lambda = /^(arn:[^:]+:lambda:[^:]*:[^:]*:function:[^:]+):/.exec(resource)?.[1];
    const holder = bucket ?? lambda;
    return holder === undefined ? undefined : this.#resourcePolicies.get(holder);
  }

  #sessionArn({ accessKeyId, roleArn }: Caller): string {
    const name = this.#sessions.nameOf(accessKeyId) ?? 'session';
    return `arn:${this.#options.partition ?? 'aws'}:sts::${this.#options.accountId}:assumed-role/${nameOf(roleArn)}/${name}`;
  }
}

const nameOf = (roleArn: string) => roleArn.slice(roleArn.lastIndexOf('/') + 1);

const noSuchRole = (name: string) =>
  new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);

function refusal({ action, resource }: ApiCall, sessionArn: string, because: string): string {
  const start = `User: ${sessionArn} is not authorized to perform: ${action} on resource: ${resource}`;
  return because.startsWith('explicit')
    ? `${start} with an ${because}`
    : `${start} because ${because} the ${action} action`;
}
