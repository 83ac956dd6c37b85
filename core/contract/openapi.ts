import { z } from 'zod';
import { type Operation, operationList } from './operations';
import { problemKinds, problemSchema } from './problem';
import { apiScope } from './scopes';

const statuses = [...new Set(Object.values(problemKinds).map((kind) => kind.status))].sort((a, b) => a - b);

/** Of the contract; goes with the version of the package. */
export const apiVersion = '0.1.0';

/** Where a deployment answers differs: its own address is an output of the stack PlatekeeperApi. */
export const exampleServerUrl = 'https://alpr.example.org/live';

/** The OpenAPI 3.1 document of the whole API, as plain JSON. `serverUrl` is where this deployment answers. */
export function openApiDocument(options: {
  version: string;
  serverUrl: string;
}): Readonly<Record<string, unknown>> {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Platekeeper',
      version: options.version,
      description:
        'Accountable license plate reading. Each refusal names the clause of the policy that refuses.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: options.serverUrl }],
    security: [{ accessToken: [] }],
    paths: paths(),
    components: {
      securitySchemes: {
        accessToken: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: `Access token of the Department's user pool with the scope ${apiScope}.`,
        },
      },
      schemas: { Problem: jsonSchema(problemSchema) },
      responses: {
        Problem: {
          description: 'Refused or failed; the clause and the remedy are in it.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
    },
  };
}

function paths(): Record<string, Record<string, unknown>> {
  const all: Record<string, Record<string, unknown>> = {};
  for (const operation of operationList) {
    const here = all[operation.path] ?? {};
    here[operation.method.toLowerCase()] = describe(operation);
    all[operation.path] = here;
  }
  return all;
}

function describe(operation: Operation): Record<string, unknown> {
  const parameters = [...parametersOf(operation, 'path'), ...parametersOf(operation, 'query')];
  return {
    operationId: operation.id,
    summary: operation.summary,
    'x-sop-clauses': operation.clauses,
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(operation.request.body
      ? {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: jsonSchema(operation.request.body, 'input') } },
          },
        }
      : {}),
    responses: {
      [operation.response.status]: { description: 'Done.', ...contentOf(operation.response.body) },
      ...Object.fromEntries(statuses.map((status) => [status, { $ref: '#/components/responses/Problem' }])),
    },
  };
}

function parametersOf(operation: Operation, place: 'path' | 'query'): unknown[] {
  const shape = operation.request[place]?.shape ?? {};
  return Object.entries(shape).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path',
    schema: jsonSchema(schema, 'input'),
  }));
}

function contentOf(body: Operation['response']['body']): Record<string, unknown> {
  if (body === undefined) return {};
  if (body === 'image/jpeg')
    return { content: { 'image/jpeg': { schema: { type: 'string', format: 'binary' } } } };
  return { content: { 'application/json': { schema: jsonSchema(body) } } };
}

function jsonSchema(schema: z.core.$ZodType, io: 'input' | 'output' = 'output'): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
  return rest;
}
