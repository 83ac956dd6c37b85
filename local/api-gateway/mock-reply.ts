import { firstValue, type GatewayRequest } from './proxy-event';
import type { Reply } from './proxy-response';
import type { MockIntegration } from './template-schemas';

type Mock = (request: GatewayRequest) => Reply;

/**
 * A MOCK integration with a fixed status, as CDK makes for CORS preflights. Throws for a template in Velocity other
 * than CDK's choice among allowed origins.
 */
export function mockReply(integration: MockIntegration): Mock {
  const template = integration.RequestTemplates?.['application/json'] ?? '';
  const [, status] = /^\{\s*"?statusCode"?\s*:\s*(\d+)\s*\}$/.exec(template.trim()) ?? [];
  if (status === undefined) throw new Error(`the local gateway does not model the mock template ${template}`);
  const responses = integration.IntegrationResponses ?? [];
  const response =
    responses.find(
      ({ SelectionPattern: pattern }) => pattern && new RegExp(`^(?:${pattern})$`).test(status),
    ) ?? responses.find(({ SelectionPattern: pattern }) => !pattern);
  if (response === undefined) throw new Error(`the mock has no integration response for status ${status}`);
  const fixed = Object.entries(response.ResponseParameters ?? {}).map(
    ([target, source]): [string, string] => [headerName(target), literal(source)],
  );
  const origins = allowedOrigins(response.ResponseTemplates?.['application/json'] ?? '');

  return (request) => {
    const origin = firstValue(request.headers, 'origin');
    const isAllowed = origin !== undefined && origins.includes(origin);
    return {
      statusCode: Number(response.StatusCode),
      headers: [
        ...fixed.map(([name, value]): [string, string] =>
          isAllowed && name.toLowerCase() === 'access-control-allow-origin' ? [name, origin] : [name, value],
        ),
        ['Content-Type', 'application/json'],
      ],
      body: Buffer.alloc(0),
    };
  };
}

/** The further origins of CDK's preflight template; the first one is the fixed header. */
function allowedOrigins(template: string): string[] {
  if (template.trim() === '') return [];
  const origins = [...template.matchAll(/\$origin == "([^"]+)"/g)].flatMap(([, origin]) => origin ?? []);
  const expected = [
    '#set($origin = $input.params().header.get("Origin"))',
    '#if($origin == "")',
    '  #set($origin = $input.params().header.get("origin"))',
    '#end',
    `#if(${origins.map((origin) => `$origin == "${origin}"`).join(' || ')})`,
    '  #set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)',
    '#end',
  ].join('\n');
  if (template !== expected) throw new Error(`the local gateway does not model the template ${template}`);
  return origins;
}

function headerName(target: string): string {
  const name = /^method\.response\.header\.(.+)$/.exec(target)?.[1];
  if (name === undefined) throw new Error(`the local gateway does not map to ${target}`);
  return name;
}

function literal(source: string): string {
  const text = /^'(.*)'$/.exec(source)?.[1];
  if (text === undefined) throw new Error(`the local gateway does not map ${source} in a mock`);
  return text;
}
