import type { ContextVariables } from './context';
import type { GatewayFault } from './fault';
import { firstValue, type GatewayRequest, logDate } from './proxy-event';
import type { Match } from './routes';

/** What is known of one request by the time it is answered. */
export interface Trail {
  match?: Match;
  claims?: Readonly<Record<string, string>> | undefined;
  integrationStatus?: number;
  fault?: GatewayFault;
}

/** The `$context` variables that a request has so far, for gateway responses and access logs. */
export function contextOf(
  request: GatewayRequest,
  { match, claims, integrationStatus, fault }: Trail,
  { accountId, deploymentId }: { readonly accountId: string; readonly deploymentId: string },
): ContextVariables {
  return {
    accountId,
    apiId: request.apiId,
    deploymentId,
    domainName: request.domainName,
    domainPrefix: request.apiId,
    extendedRequestId: request.extendedRequestId,
    httpMethod: request.httpMethod,
    'identity.sourceIp': request.sourceIp,
    'identity.userAgent': firstValue(request.headers, 'user-agent'),
    path: request.contextPath,
    protocol: request.protocol,
    requestId: request.requestId,
    requestTime: logDate(request.receivedAtMs),
    requestTimeEpoch: request.receivedAtMs,
    resourceId: match?.route.resourceId,
    resourcePath: match?.route.resourcePath,
    stage: request.stage,
    xrayTraceId: request.traceId,
    operationName: match?.route.method.OperationName,
    'integration.status': integrationStatus,
    integrationStatus,
    ...Object.fromEntries(
      Object.entries(claims ?? {}).map(([name, value]) => [`authorizer.claims.${name}`, value]),
    ),
    ...(fault && {
      'error.message': fault.message,
      'error.messageString': JSON.stringify(fault.message),
      'error.responseType': fault.type,
      'error.validationErrorString': fault.validationError,
    }),
  };
}
