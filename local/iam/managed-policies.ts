/** AWS's own managed policies that CDK constructs attach, as AWS publishes them. Others are refused, not guessed. */
const logs = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];

export const awsManagedPolicies: Readonly<Record<string, readonly string[]>> = {
  'service-role/AWSLambdaBasicExecutionRole': logs,
  'service-role/AmazonAPIGatewayPushToCloudWatchLogs': [
    ...logs,
    'logs:DescribeLogGroups',
    'logs:DescribeLogStreams',
    'logs:GetLogEvents',
    'logs:FilterLogEvents',
  ],
  AWSXRayDaemonWriteAccess: [
    'xray:PutTraceSegments',
    'xray:PutTelemetryRecords',
    'xray:GetSamplingRules',
    'xray:GetSamplingTargets',
    'xray:GetSamplingStatisticSummaries',
  ],
};

/** The document of `arn:aws:iam::aws:policy/…`; `undefined` for one that is not known here. */
export function awsManagedPolicy(arn: string): unknown {
  const name = /^arn:[^:]+:iam::aws:policy\/(.+)$/.exec(arn)?.[1];
  if (name === undefined || !Object.hasOwn(awsManagedPolicies, name)) return undefined;
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: awsManagedPolicies[name], Resource: '*' }],
  };
}
