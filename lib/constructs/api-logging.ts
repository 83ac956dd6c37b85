import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';

/**
 * Lets API Gateway write access logs. The setting is one for the whole account and region, and without it no stage
 * with access logs can be made, so it stands in the stack that is deployed first.
 */
export class ApiLogging extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const role = new Role(this, 'Role', {
      description: 'Lets API Gateway write access logs',
      assumedBy: new ServicePrincipal('apigateway.amazonaws.com'),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: [
          'logs:CreateLogGroup',
          'logs:CreateLogStream',
          'logs:DescribeLogGroups',
          'logs:DescribeLogStreams',
          'logs:FilterLogEvents',
          'logs:GetLogEvents',
          'logs:PutLogEvents',
        ],
        resources: ['*'],
      }),
    );
    acknowledge(role, {
      'NIST.800.53.R5-IAMNoInlinePolicy': 'The policy belongs to this one role; sharing it would widen it.',
      'AwsSolutions-IAM5[Resource::*]':
        'API Gateway checks its account-wide role against every log group; each stage names its own.',
    });
    const account = new CfnAccount(this, 'Account', { cloudWatchRoleArn: role.roleArn });
    account.node.addDependency(role);
  }
}
