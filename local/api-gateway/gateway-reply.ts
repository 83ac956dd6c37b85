import { type ContextVariables, substitute } from './context';
import type { GatewayFault } from './fault';
import { firstValue, type GatewayRequest } from './proxy-event';
import type { Reply } from './proxy-response';
import type { GatewayResponseProperties } from './template-schemas';

const defaultTemplate = '{"message":$context.error.messageString}';

/** The gateway's own answer to a fault: the API's response for its type, else for its class, else the built-in one. */
export function faultReply(
  fault: GatewayFault,
  facts: {
    readonly responses: ReadonlyMap<string, GatewayResponseProperties>;
    readonly context: ContextVariables;
    readonly request: GatewayRequest;
  },
): Reply {
  const { responses, context, request } = facts;
  const isServers = fault.statusCode >= 500;
  const response = responses.get(fault.type) ?? responses.get(isServers ? 'DEFAULT_5XX' : 'DEFAULT_4XX');
  const [contentType, template] = chosenTemplate(response, firstValue(request.headers, 'accept'));
  const headers = new Map([
    ['content-type', contentType],
    ['x-amzn-errortype', fault.errorType],
  ]);
  for (const [target, source] of Object.entries(response?.ResponseParameters ?? {})) {
    const name = target.replace(/^gatewayresponse\.header\./, '').toLowerCase();
    const value = mappedValue(source, request, context);
    if (value !== undefined) headers.set(name, value);
  }
  return {
    statusCode: response?.StatusCode ?? fault.statusCode,
    headers: [...headers],
    body: Buffer.from(substitute(template, context, '')),
  };
}

function chosenTemplate(response: GatewayResponseProperties | undefined, accept: string | undefined) {
  const templates = response?.ResponseTemplates ?? {};
  const accepted = accept?.split(/[,;]/)[0]?.trim() ?? '';
  const type = [accepted, 'application/json', ...Object.keys(templates)].find((name) => name in templates);
  const template = type === undefined ? undefined : templates[type];
  return [type ?? 'application/json', template ?? defaultTemplate] as const;
}

/** `'text'`, `method.request.header.Name`, `method.request.querystring.name` or `context.name`. */
function mappedValue(source: string, request: GatewayRequest, context: ContextVariables): string | undefined {
  if (source.startsWith("'") && source.endsWith("'")) return source.slice(1, -1);
  const [, kind, name] =
    /^(method\.request\.header|method\.request\.querystring|context)\.(.+)$/.exec(source) ?? [];
  if (kind === undefined || name === undefined) throw new Error(`the local gateway does not map ${source}`);
  if (kind === 'context') return context[name] === undefined ? undefined : String(context[name]);
  if (kind.endsWith('header')) return firstValue(request.headers, name.toLowerCase());
  return request.query.get(name) ?? undefined;
}
