import type { KeyObject } from 'node:crypto';
import type { Authorize, CredentialSource } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { type Listening, listen } from '../aws/http';
import { jsonProtocol } from '../aws/json-protocol';
import type { Clock } from '../clock';
import type { InvokeFunction } from '../lambda/invoke';
import { adminOperations } from './admin-operations';
import { Challenges } from './challenges';
import type { Invitation } from './invitations';
import { oauthTokens } from './oauth-tokens';
import { type Group, Pool } from './pool';
import { RefreshTokens } from './refresh-tokens';
import type { ClientSettings, UserPoolProperties } from './settings';
import type { AppClient } from './sign-in-steps';
import { userOperations } from './user-operations';
import { wellKnown } from './well-known';

export interface CognitoOptions {
  readonly clock: Clock;
  readonly authorize: Authorize;
  readonly credentials: CredentialSource;
  /** Calls the pools' triggers. */
  readonly invoke: InvokeFunction;
  readonly region: string;
  readonly accountId: string;
  readonly partition?: string;
}

/** What checks a pool's tokens without asking it. */
export interface TokenIssuer {
  readonly issuer: string;
  readonly publicKeys: ReadonlyMap<string, KeyObject>;
}

/** Cognito user pools: accounts, sign-in by SRP, password and authenticator, tokens. Nothing is kept on disk. */
export class Cognito {
  /** The messages to new users that Cognito would have sent. */
  readonly invitations: Invitation[] = [];
  private readonly pools = new Map<string, Pool>();
  private readonly domains = new Map<string, Pool>();
  private readonly challenges = new Challenges();
  private readonly refreshTokens = new RefreshTokens();

  constructor(private readonly options: CognitoOptions) {}

  /** `id` is `<region>_<name>`. */
  addPool(id: string, properties: UserPoolProperties): Pool {
    const { region, accountId, partition = 'aws' } = this.options;
    const pool = new Pool(
      {
        id,
        arn: `arn:${partition}:cognito-idp:${region}:${accountId}:userpool/${id}`,
        name: properties.UserPoolName ?? id,
        issuer: `https://cognito-idp.${region}.amazonaws.com/${id}`,
      },
      properties,
    );
    this.pools.set(id, pool);
    return pool;
  }

  addClient(poolId: string, client: ClientSettings): void {
    this.pool(poolId).clients.set(client.id, client);
  }

  /** Throws when another pool has the name. */
  addDomain(poolId: string, domain: string): void {
    if (this.domains.has(domain)) throw new Error(`Cognito's domain ${domain} is taken`);
    this.domains.set(domain, this.pool(poolId));
  }

  addGroup(poolId: string, group: Omit<Group, 'createdAtMs'>): void {
    this.pool(poolId).groups.set(group.name, { ...group, createdAtMs: this.options.clock.now() });
  }

  /** Throws `ResourceNotFoundException`. */
  pool(id: string): Pool {
    const pool = this.pools.get(id);
    if (pool === undefined) {
      throw new AwsError('ResourceNotFoundException', `User pool ${id} does not exist.`);
    }
    return pool;
  }

  tokenIssuer(poolArn: string): TokenIssuer | undefined {
    const pool = [...this.pools.values()].find(({ identity }) => identity.arn === poolArn);
    return pool && { issuer: pool.identity.issuer, publicKeys: pool.keys.publicKeys };
  }

  /**
   * The API, each pool's keys under `/<pool id>/.well-known/`, and what stands on a pool's domain under
   * `/domains/<prefix>/`.
   */
  listen(): Promise<Listening> {
    const { clock, authorize, credentials, invoke, region } = this.options;
    const admin = adminOperations({
      clock,
      authorize,
      pool: (id) => this.pool(id),
      signOut: (user) => this.refreshTokens.revokeAll(user),
      invite: (invitation) => this.invitations.push(invitation),
    });
    const user = userOperations({
      clock,
      invoke,
      region,
      challenges: this.challenges,
      refreshTokens: this.refreshTokens,
      appClient: (id) => this.appClient(id),
      pools: () => this.pools.values(),
    });
    const api = jsonProtocol({
      service: 'cognito-idp',
      version: '1.1',
      operations: { ...admin, ...user },
      unsigned: new Set(Object.keys(user)),
      credentials,
      clock,
    });
    const tokenEndpoint = oauthTokens({ domains: this.domains, clock });
    return listen((req, res) => {
      if (req.url?.startsWith('/domains/')) tokenEndpoint(req, res);
      else if (req.method === 'GET') wellKnown(this.pools, req, res);
      else api(req, res);
    });
  }

  private appClient(clientId: string): AppClient {
    for (const pool of this.pools.values()) {
      const client = pool.clients.get(clientId);
      if (client !== undefined) return { pool, client };
    }
    throw new AwsError('ResourceNotFoundException', `User pool client ${clientId} does not exist.`);
  }
}
