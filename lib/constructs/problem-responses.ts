import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

interface Refusal {
  readonly type: ResponseType;
  readonly status?: string;
  readonly title: string;
  readonly detail: string;
}

const refusals: readonly Refusal[] = [
  {
    type: ResponseType.UNAUTHORIZED,
    status: '401',
    title: 'Sign in first',
    detail: 'The access token is missing, expired or not valid for this API. Sign in again.',
  },
  {
    type: ResponseType.ACCESS_DENIED,
    status: '403',
    title: 'Not allowed',
    detail:
      'The access token does not carry the scope platekeeper/api. Sign in with an account that has a role.',
  },
  {
    type: ResponseType.MISSING_AUTHENTICATION_TOKEN,
    status: '404',
    title: 'No such operation',
    detail: 'No operation has this path and method. See the API document.',
  },
  {
    type: ResponseType.BAD_REQUEST_BODY,
    status: '400',
    title: 'The body does not fit',
    detail: 'The body is not JSON of the expected shape and size. See the API document for this operation.',
  },
  {
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    status: '400',
    title: 'A parameter is missing',
    detail: 'A required parameter is missing. See the API document for this operation.',
  },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: '413',
    title: 'The request is too large',
    detail: 'The request exceeds the size limit.',
  },
  {
    type: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    status: '415',
    title: 'Unsupported media type',
    detail: 'Send the body as application/json.',
  },
  {
    type: ResponseType.THROTTLED,
    status: '429',
    title: 'Too many requests',
    detail: 'The API is asked too often. Wait a moment and try again.',
  },
  {
    type: ResponseType.DEFAULT_4XX,
    title: 'The request was refused',
    detail: 'The gateway refused the request before it was decided.',
  },
  {
    type: ResponseType.DEFAULT_5XX,
    title: 'The request failed',
    detail:
      'The service could not answer. Nothing was disclosed. Try again, and give the instance to the administrator if it goes on.',
  },
];

/** What the gateway refuses by itself reads like every other refusal: RFC 9457 problem details. */
export function addProblemResponses(api: RestApi): void {
  for (const { type, status, title, detail } of refusals)
    api.addGatewayResponse(`Problem-${type.responseType}`, {
      type,
      ...(status ? { statusCode: status } : {}),
      responseHeaders: {
        'Content-Type': "'application/problem+json'",
        'Cache-Control': "'no-store'",
        'X-Content-Type-Options': "'nosniff'",
      },
      templates: {
        'application/json': JSON.stringify({
          type: 'about:blank',
          title,
          ...(status ? { status: Number(status) } : {}),
          detail,
          instance: 'urn:request:$context.requestId',
        }),
      },
    });
}
