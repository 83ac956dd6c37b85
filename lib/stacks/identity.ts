import { Aws, CfnOutput, Duration, Fn, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  CfnUserPoolRiskConfigurationAttachment,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  StandardThreatProtectionMode,
  StringAttribute,
  UserPool,
  type UserPoolDomain,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { roles } from '../../core/access/roles';
import type { Configuration } from '../../core/contract/configuration';
import { env as enrichTokenEnv } from '../../lambdas/enrich-token/env';
import { env as recordSignInEnv } from '../../lambdas/record-sign-in/env';
import { acknowledge } from '../acknowledge';
import { FederatedSignIn, mfaAttribute } from '../constructs/federated-sign-in';
import { ProductFunction } from '../constructs/product-function';
import { SignInClients } from '../constructs/sign-in-clients';
import { environmentOf } from '../environment';
import type { DataStack } from './data';

export interface IdentityStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
}

/** Cognito waits no longer for a function, and asks it twice more. */
const triggerTimeout = Duration.seconds(5);

/** Who may sign in [Access-C]: named accounts only, made by an administrator, each with a second factor. */
export class IdentityStack extends Stack {
  readonly userPool: UserPool;
  readonly enrichToken: ProductFunction;
  readonly recordSignIn: ProductFunction;
  readonly clients: SignInClients;
  /** Ids of the clients that a console signs in with, separated by commas (Access-G). */
  readonly consoleClients: string;

  constructor(scope: Construct, id: string, props: IdentityStackProps) {
    super(scope, id, props);
    const { configuration } = props;
    const { tokens, federation } = configuration;
    this.enrichToken = this.makeEnrichToken(props);
    this.recordSignIn = this.makeRecordSignIn(props);
    this.userPool = this.makeUserPool();
    this.askForMoreAtRisk();
    // The personnel system is no member: it has no account.
    for (const role of roles.filter((each) => each !== 'personnel-feed'))
      new CfnUserPoolGroup(this, `Role-${role}`, { groupName: role, userPoolId: this.userPool.userPoolId });

    this.clients = new SignInClients(this, 'Clients', { userPool: this.userPool, tokens });
    const signInUrl = this.addDomain().baseUrl({
      fips: configuration.stage.govCloud || configuration.stage.fips,
    });
    const outputs: Record<string, string> = {
      UserPoolId: this.userPool.userPoolId,
      ConsoleClientId: this.clients.console.userPoolClientId,
      MobileClientId: this.clients.mobile.userPoolClientId,
      PersonnelFeedClientId: this.clients.personnelFeed.userPoolClientId,
      SignInUrl: signInUrl,
    };
    if (federation !== undefined) {
      const federated = new FederatedSignIn(this, 'Federation', {
        userPool: this.userPool,
        tokens,
        federation,
      });
      outputs.FederatedClientId = federated.client.userPoolClientId;
    }
    this.consoleClients = [outputs.ConsoleClientId, outputs.FederatedClientId]
      .filter((each) => each !== undefined)
      .join(',');
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  private makeEnrichToken({ data, configuration }: IdentityStackProps): ProductFunction {
    const made = new ProductFunction(this, 'EnrichToken', {
      name: 'enrich-token',
      description: 'Adds the API scope to access tokens of people with access, and what they are',
      environment: environmentOf(enrichTokenEnv, { peopleTable: data.people.table.tableName }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      timeout: triggerTimeout,
    });
    data.people.grant(made, ['GetItem']);
    return made;
  }

  private makeRecordSignIn({ data }: IdentityStackProps): ProductFunction {
    const made = new ProductFunction(this, 'RecordSignIn', {
      name: 'record-sign-in',
      description: 'Writes each sign-in to the audit log, and when an account was last used',
      environment: environmentOf(recordSignInEnv, {
        peopleTable: data.people.table.tableName,
        auditEventsTable: data.auditEvents.table.tableName,
        sessionsTable: data.access.sessions.table.tableName,
      }),
      logsKey: data.logsKey.key,
      timeout: triggerTimeout,
    });
    data.people.grant(made, ['GetItem']);
    data.auditEvents.grant(made, ['PutItem']);
    data.access.sessions.grant(made, ['UpdateItem']);
    return made;
  }

  private makeUserPool(): UserPool {
    const pool = new UserPool(this, 'Users', {
      selfSignUpEnabled: false,
      signInAliases: { username: true },
      signInCaseSensitive: false,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        passwordHistorySize: 10,
        tempPasswordValidity: Duration.days(1),
      },
      // There in every pool, as an attribute cannot be taken away again. Mutable: each federated sign-in writes it anew.
      customAttributes: { [mfaAttribute]: new StringAttribute({ mutable: true, maxLen: 2048 }) },
      userInvitation: {
        emailSubject: 'Your Platekeeper account',
        emailBody:
          'An account was made for you: {username}. The temporary password is {####} and is good for one day. ' +
          'At the first sign-in you choose your own password and add an authenticator app. ' +
          'If you expect no account, tell your ALPR administrator.',
      },
      accountRecovery: AccountRecovery.NONE,
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    pool.addTrigger(
      UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
      this.enrichToken.function,
      // V2 is never asked about machine identities, so that none can get the scope of people.
      LambdaVersion.V2_0,
    );
    pool.addTrigger(UserPoolOperation.POST_AUTHENTICATION, this.recordSignIn.function);
    acknowledge(pool, { 'AwsSolutions-COG8': 'The plan is PLUS with full threat protection.' });
    return pool;
  }

  /** Threat protection alone only scores: this says what follows. */
  private askForMoreAtRisk(): void {
    const andNotify = false;
    new CfnUserPoolRiskConfigurationAttachment(this, 'Risk', {
      userPoolId: this.userPool.userPoolId,
      clientId: 'ALL',
      compromisedCredentialsRiskConfiguration: { actions: { eventAction: 'BLOCK' } },
      accountTakeoverRiskConfiguration: {
        actions: {
          lowAction: { eventAction: 'MFA_REQUIRED', notify: andNotify },
          mediumAction: { eventAction: 'MFA_REQUIRED', notify: andNotify },
          highAction: { eventAction: 'BLOCK', notify: andNotify },
        },
      },
    });
  }

  /**
   * Where machine and federated tokens are fetched. The name must be free in the whole region and may not change: part
   * of the stack's own id, which holds no word that Cognito refuses.
   */
  private addDomain(): UserPoolDomain {
    const stackUuid = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    const unique = Fn.select(4, Fn.split('-', stackUuid));
    return this.userPool.addDomain('Domain', {
      cognitoDomain: { domainPrefix: `platekeeper-${unique}` },
    });
  }
}
