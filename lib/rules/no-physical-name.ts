import { CfnResource, Token } from 'aws-cdk-lib';
import type { Rule } from './rule';

const nameProperties = [
  'tableName',
  'bucketName',
  'functionName',
  'roleName',
  'queueName',
  'topicName',
  'logGroupName',
];

/** A fixed name keeps a resource from being replaced and two stages from sharing an account. */
export const noPhysicalName: Rule = (construct) => {
  if (!(construct instanceof CfnResource)) return undefined;
  const named = nameProperties.find((property) => {
    const value: unknown = Reflect.get(construct, property);
    return typeof value === 'string' && !Token.isUnresolved(value);
  });
  return named === undefined ? undefined : `Physical names are not given: remove ${named}.`;
};
