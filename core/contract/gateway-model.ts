import { z } from 'zod';
import type { Operation } from './operations';

/** JSON Schema draft-04, as far as a gateway model goes: size and shape. */
export interface GatewayModel {
  readonly $schema?: string;
  readonly title?: string;
  readonly type?: string;
  readonly properties?: Readonly<Record<string, GatewayModel>>;
  readonly items?: GatewayModel;
  readonly maxLength?: number;
  readonly maxItems?: number;
}

/**
 * The model by which the gateway turns away what has the wrong shape or size, or `undefined` for an operation without
 * a body. It asks for no field and knows no value: a missing reason, an unknown purpose or a partial plate must reach
 * the handler, so that the refusal names its clause and stands in the audit log.
 */
export function gatewayModel(operation: Operation): GatewayModel | undefined {
  if (!operation.request.body) return undefined;
  return {
    $schema: 'http://json-schema.org/draft-04/schema#',
    title: operation.id,
    ...shapeOf(z.toJSONSchema(operation.request.body, { target: 'draft-4', io: 'input' })),
  };
}

function shapeOf(schema: unknown): GatewayModel {
  if (!isRecord(schema)) return {};
  const { type, properties, items, maxLength, maxItems } = schema;
  const variants = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(variants)) return unionShape(variants.map(shapeOf));
  return {
    ...(typeof type === 'string' ? { type } : {}),
    ...(typeof maxLength === 'number' ? { maxLength } : {}),
    ...(typeof maxItems === 'number' ? { maxItems } : {}),
    ...(isRecord(properties)
      ? {
          properties: Object.fromEntries(
            Object.entries(properties).map(([key, each]) => [key, shapeOf(each)]),
          ),
        }
      : {}),
    ...(items === undefined ? {} : { items: shapeOf(items) }),
  };
}

/** Of variants, only what all have in common: their type. */
function unionShape(variants: readonly GatewayModel[]): GatewayModel {
  const [first] = variants;
  return first?.type !== undefined && variants.every((each) => each.type === first.type)
    ? { type: first.type }
    : {};
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
