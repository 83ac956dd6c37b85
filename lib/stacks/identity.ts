import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  LambdaVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StandardThreatProtectionMode,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { roles } from '../../core/access/roles';
import type { Configuration } from '../../core/contract/configuration';
import { env } from '../../lambdas/enrich-token/env';
import { acknowledge } from '../acknowledge';
import { ProductFunction } from '../constructs/product-function';
import { environmentOf } from '../environment';
import type { DataStack } from './data';

export interface IdentityStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
}

/** Who may sign in [Access-C]: named accounts only, made by an administrator, each with a second factor. */
export class IdentityStack extends Stack {
  readonly userPool: UserPool;
  readonly enrichToken: ProductFunction;
  readonly client: UserPoolClient;
  /** The scope that every API method asks for: `platekeeper/api`. */
  readonly apiScope: string;

  constructor(scope: Construct, id: string, props: IdentityStackProps) {
    super(scope, id, props);
    this.enrichToken = new ProductFunction(this, 'EnrichToken', {
      name: 'enrich-token',
      description: 'Adds the API scope to access tokens of accounts with a known role',
      environment: environmentOf(env, {}),
      logsKey: props.data.logsKey.key,
      timeout: Duration.seconds(5),
    });
    this.userPool = new UserPool(this, 'Users', {
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
      accountRecovery: AccountRecovery.NONE,
      featurePlan: FeaturePlan.PLUS,
      standardThreatProtectionMode: StandardThreatProtectionMode.FULL_FUNCTION,
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.userPool.addTrigger(
      UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG,
      this.enrichToken.function,
      LambdaVersion.V2_0,
    );
    for (const role of roles)
      new CfnUserPoolGroup(this, `Role-${role}`, { groupName: role, userPoolId: this.userPool.userPoolId });

    const api = new ResourceServerScope({ scopeName: 'api', scopeDescription: 'Use of the Platekeeper API' });
    const server = this.userPool.addResourceServer('ApiServer', { identifier: 'platekeeper', scopes: [api] });
    this.apiScope = OAuthScope.resourceServer(server, api).scopeName;
    this.client = this.userPool.addClient('Console', {
      authFlows: { userSrp: true },
      disableOAuth: true,
      generateSecret: false,
      accessTokenValidity: Duration.minutes(props.configuration.tokens.accessMinutes),
      idTokenValidity: Duration.minutes(props.configuration.tokens.accessMinutes),
      refreshTokenValidity: Duration.hours(props.configuration.tokens.refreshHours),
      authSessionValidity: Duration.minutes(3),
      enableTokenRevocation: true,
      preventUserExistenceErrors: true,
    });
    acknowledge(this.userPool, {
      'AwsSolutions-COG8': 'The plan is PLUS with full threat protection.',
    });
    new CfnOutput(this, 'UserPoolId', { value: this.userPool.userPoolId });
    new CfnOutput(this, 'ConsoleClientId', { value: this.client.userPoolClientId });
  }
}
