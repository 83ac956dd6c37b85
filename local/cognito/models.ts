import { z } from 'zod';
import type { ResourceIdentity, ResourceModel } from '../template/resource-model';
import type { Cognito } from './cognito';
import { requirePossibleGrants } from './grants';
import { cfnNumber, ignored, parseProperties, stableId } from './properties';
import { clientSettings, userPoolClientProperties, userPoolProperties } from './settings';

const poolId = (identity: ResourceIdentity) => `${identity.region}_${stableId(identity, 9)}`;
const clientId = (identity: ResourceIdentity) => stableId(identity, 26);
const provider = (identity: ResourceIdentity) =>
  `cognito-idp.${identity.region}.amazonaws.com/${poolId(identity)}`;
const text = (identity: ResourceIdentity, property: string) => {
  const value = identity.property(property);
  return typeof value === 'string' ? value : undefined;
};

/** The CloudFormation types of user pools. Risk and log delivery are facts: nothing local acts on them. */
export function cognitoModels(cognito: Cognito): ResourceModel[] {
  return [
    {
      type: 'AWS::Cognito::UserPool',
      ref: poolId,
      attributes: {
        Arn: (identity) =>
          `arn:${identity.partition}:cognito-idp:${identity.region}:${identity.accountId}:userpool/${poolId(identity)}`,
        ProviderName: provider,
        ProviderURL: (identity) => `https://${provider(identity)}`,
        UserPoolId: poolId,
      },
      provision: (resource) => {
        const properties = parseProperties(resource, userPoolProperties);
        cognito.addPool(resource.physicalId, { UserPoolName: resource.defaultName, ...properties });
      },
    },
    {
      type: 'AWS::Cognito::UserPoolClient',
      ref: clientId,
      attributes: {
        ClientId: clientId,
        Name: (identity) => text(identity, 'ClientName') ?? identity.defaultName,
      },
      provision: (resource) => {
        const properties = parseProperties(resource, userPoolClientProperties);
        const client = clientSettings(resource.physicalId, properties);
        requirePossibleGrants(cognito.pool(properties.UserPoolId), client);
        cognito.addClient(properties.UserPoolId, client);
      },
    },
    {
      type: 'AWS::Cognito::UserPoolGroup',
      ref: (identity) => text(identity, 'GroupName') ?? identity.defaultName,
      attributes: {},
      provision: (resource) => {
        const group = parseProperties(resource, groupProperties);
        cognito.addGroup(group.UserPoolId, {
          name: resource.physicalId,
          description: group.Description,
          precedence: group.Precedence,
        });
      },
    },
    {
      type: 'AWS::Cognito::UserPoolResourceServer',
      ref: (identity) => text(identity, 'Identifier') ?? identity.defaultName,
      attributes: {},
      provision: (resource) => {
        const server = parseProperties(resource, resourceServerProperties);
        const { scopes } = cognito.pool(server.UserPoolId);
        for (const { ScopeName } of server.Scopes ?? []) scopes.add(`${server.Identifier}/${ScopeName}`);
      },
    },
    {
      type: 'AWS::Cognito::UserPoolDomain',
      ref: (identity) => text(identity, 'Domain') ?? identity.defaultName,
      attributes: {},
      provision: (resource) => {
        const { UserPoolId, Domain } = parseProperties(resource, domainProperties);
        cognito.addDomain(UserPoolId, Domain);
      },
    },
    {
      type: 'AWS::Cognito::UserPoolIdentityProvider',
      ref: (identity) => text(identity, 'ProviderName') ?? identity.defaultName,
      attributes: {},
      provision: (resource) => {
        const provider = parseProperties(resource, identityProviderProperties);
        const pool = cognito.pool(provider.UserPoolId);
        for (const name of Object.keys(provider.AttributeMapping ?? {}))
          pool.attributeSchema.requireChangeable(name, '');
        pool.identityProviders.add(provider.ProviderName);
      },
    },
    fact(cognito, 'AWS::Cognito::LogDeliveryConfiguration'),
    fact(cognito, 'AWS::Cognito::UserPoolRiskConfigurationAttachment'),
  ];
}

const groupProperties = z.strictObject({
  UserPoolId: z.string(),
  GroupName: z.string().optional(),
  Description: z.string().optional(),
  Precedence: cfnNumber.optional(),
});

const resourceServerProperties = z.strictObject({
  UserPoolId: z.string(),
  Identifier: z.string(),
  Name: z.string(),
  Scopes: z.array(z.strictObject({ ScopeName: z.string(), ScopeDescription: z.string() })).optional(),
});

const domainProperties = z.strictObject({
  UserPoolId: z.string(),
  /** A prefix of Cognito's own domain; a domain of one's own needs a certificate that nothing local has. */
  Domain: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
    .refine((domain) => !/aws|amazon|cognito/.test(domain), 'holds a word that Cognito keeps for itself'),
  ManagedLoginVersion: ignored('hosted pages are not served locally'),
});

/** Known, and never asked: nobody signs in at a provider from this machine. */
const identityProviderProperties = z.strictObject({
  UserPoolId: z.string(),
  ProviderName: z.string().min(3).max(32),
  ProviderType: z.enum(['OIDC', 'SAML']),
  ProviderDetails: z.record(z.string(), z.string()),
  AttributeMapping: z.record(z.string(), z.string()).optional(),
  IdpIdentifiers: z.array(z.string()).optional(),
});

function fact(cognito: Cognito, type: string): ResourceModel {
  return {
    type,
    ref: (identity) => stableId(identity, 16),
    attributes: {},
    provision: (resource) => requirePool(cognito, parseProperties(resource, poolFact)),
  };
}

const poolFact = z.looseObject({ UserPoolId: z.string() });

function requirePool(cognito: Cognito, { UserPoolId }: { readonly UserPoolId: string }): void {
  cognito.pool(UserPoolId);
}
