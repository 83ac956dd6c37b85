import { z } from 'zod';
import { type OperationId, operationList } from '../../core/contract/operations';
import type { ApiHandler } from './api-handler';

const routed = z.object({ httpMethod: z.string(), resource: z.string() });

/** No operation of this function has the event's method and resource: the gateway is not wired as designed. */
export class UnknownRoute extends Error {
  constructor() {
    super('the gateway sent an operation that this function does not have');
    this.name = 'UnknownRoute';
  }
}

/** One function with several operations: picks by the gateway's method and resource path. */
export function routeOperations(handlers: Readonly<Partial<Record<OperationId, ApiHandler>>>): ApiHandler {
  return async (event, context) => {
    const { httpMethod, resource } = routed.parse(event);
    const operation = operationList.find((each) => each.method === httpMethod && each.path === resource);
    const handler = operation && handlers[operation.id];
    if (!handler) throw new UnknownRoute();
    return handler(event, context);
  };
}
