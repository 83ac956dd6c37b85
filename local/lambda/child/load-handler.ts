import { existsSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export type Handler = (event: unknown, context: unknown) => unknown;

/** Finds `module.export` in the function's folder, as Lambda does. Throws with Lambda's error names. */
export async function loadHandler(taskRoot: string, handler: string): Promise<Handler> {
  const at = handler.indexOf('.', handler.lastIndexOf('/') + 1);
  const [moduleName, exportPath] = at < 0 ? [handler, ''] : [handler.slice(0, at), handler.slice(at + 1)];
  const file = ['.js', '.mjs', '.cjs']
    .map((extension) => path.join(taskRoot, `${moduleName}${extension}`))
    .find((candidate) => existsSync(candidate));
  if (file === undefined) {
    throw named('Runtime.ImportModuleError', `Error: Cannot find module '${moduleName}'`);
  }
  const found = exportPath.split('.').reduce<unknown>(member, await load(file));
  if (typeof found !== 'function') {
    throw named('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  }
  if (found.length >= 3) {
    throw named('Runtime.CallbackHandlerDeprecated', 'callback-based function handlers are not supported');
  }
  return (event, context) => Reflect.apply(found, undefined, [event, context]);
}

async function load(file: string): Promise<unknown> {
  if (file.endsWith('.mjs')) return import(pathToFileURL(file).href);
  try {
    return require(file);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_REQUIRE_ESM') {
      return import(pathToFileURL(file).href);
    }
    throw error;
  }
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

function named(name: string, message: string): Error {
  const error = new Error(message);
  error.name = name;
  return error;
}
