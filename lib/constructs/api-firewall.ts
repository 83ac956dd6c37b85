import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';

/**
 * Requests that one address may send in five minutes before it is held off. A whole department may sit behind one
 * address, and one full search brings 400 image links with it; the stage's own throttle bounds the rest.
 */
const requestsPerAddress = 15_000;

/**
 * Keeps floods and known attack patterns off the API. Samples nothing and logs nothing of a request: bodies hold
 * plates and headers hold tokens.
 */
export class ApiFirewall extends Construct {
  constructor(scope: Construct, id: string, props: { readonly stageArn: string }) {
    super(scope, id);
    const visibility = (metricName: string) => ({
      metricName,
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: false,
    });
    const acl = new CfnWebACL(this, 'Acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: visibility('ApiFirewall'),
      rules: [
        {
          name: 'flood',
          priority: 0,
          action: { block: {} },
          statement: { rateBasedStatement: { aggregateKeyType: 'IP', limit: requestsPerAddress } },
          visibilityConfig: visibility('Flood'),
        },
        ...['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'].map((name, index) => ({
          name,
          priority: index + 1,
          overrideAction: { none: {} },
          statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
          visibilityConfig: visibility(name),
        })),
      ],
    });
    acknowledge(acl, {
      'NIST.800.53.R5-WAFv2LoggingEnabled':
        'Firewall logs hold paths and headers, that is image links and tokens; the API records every call without them.',
    });
    new CfnWebACLAssociation(this, 'OnApi', { resourceArn: props.stageArn, webAclArn: acl.attrArn });
  }
}
