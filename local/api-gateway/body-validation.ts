import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv-draft-04';
import addFormats from 'ajv-formats';

/** A model of an API, with the address by which other models refer to it. */
export interface KeyedSchema {
  readonly address: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** Compiles models of JSON Schema draft 4, which may refer to each other. Throws for a schema that is not valid. */
export function compileModels(
  models: ReadonlyMap<string, KeyedSchema>,
): ReadonlyMap<string, ValidateFunction> {
  const ajv = new Ajv({ allErrors: true, strict: false, verbose: true });
  addFormats(ajv);
  for (const { address, schema } of models.values()) ajv.addSchema(schema, address);
  return new Map(
    [...models].map(([name, { address }]) => {
      const validate = ajv.getSchema(address);
      if (validate === undefined) throw new Error(`model ${name} did not compile`);
      return [name, validate];
    }),
  );
}

/**
 * What is wrong with a body, in the words of the validator that API Gateway uses (java json-schema-validator), or
 * `undefined` if it conforms. As there, the words repeat offending values: a log or response that shows them shows
 * what the client sent.
 */
export function bodyFault(validate: ValidateFunction, body: string): string | undefined {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return '[the body is not JSON]';
  }
  if (validate(value)) return undefined;
  return `[${(validate.errors ?? []).map(wording).join(', ')}]`;
}

function wording(error: ErrorObject): string {
  const word = words[error.keyword];
  return word === undefined ? (error.message ?? error.keyword) : word(error);
}

const words: Readonly<Record<string, (error: ErrorObject) => string>> = {
  required: ({ params }) => `object has missing required properties (["${params.missingProperty}"])`,
  additionalProperties: ({ params }) =>
    `object instance has properties which are not allowed by the schema: ["${params.additionalProperty}"]`,
  type: ({ params, data }) =>
    `instance type (${typeOf(data)}) does not match any allowed primitive type (allowed: ["${params.type}"])`,
  enum: ({ params, data }) =>
    `instance value (${JSON.stringify(data)}) not found in enum (possible values: ${JSON.stringify(params.allowedValues)})`,
  pattern: ({ params, data }) => `ECMA 262 regex "${params.pattern}" does not match input string "${data}"`,
  maxLength: ({ params, data }) => `string "${data}" is too long (maximum allowed: ${params.limit})`,
  minLength: ({ params, data }) => `string "${data}" is too short (required minimum: ${params.limit})`,
};

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}
