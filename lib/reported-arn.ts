import { Aws } from 'aws-cdk-lib';

/** An ARN as the rule packs write it in their findings: pseudo parameters and policy variables by their names. */
export function reportedArn(arn: string): string {
  return arn
    .replace(Aws.PARTITION, '<AWS::Partition>')
    .replace(Aws.REGION, '<AWS::Region>')
    .replace(Aws.ACCOUNT_ID, '<AWS::AccountId>')
    .replace(/\$\{(credentials-iot:\w+)\}/g, '<$1>');
}
