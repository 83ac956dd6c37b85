import { readFileSync } from 'node:fs';
import { z } from 'zod';

const outputsFile = z.record(z.string(), z.record(z.string(), z.string()));

/** The outputs of all stacks by their short name, as `cdk deploy --outputs-file FILE` writes them. */
export function readOutputs(path: string): ReadonlyMap<string, string> {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new Error(`${path} cannot be read; make it with cdk deploy --all --outputs-file ${path}`, {
      cause,
    });
  }
  const stacks = outputsFile.parse(json);
  return new Map(Object.values(stacks).flatMap((outputs) => Object.entries(outputs)));
}

/** Throws with the output's name when the deployment does not have it. */
export function outputOf(outputs: ReadonlyMap<string, string>, name: string): string {
  const value = outputs.get(name);
  if (value === undefined) throw new Error(`the deployment has no output ${name}; deploy all stacks first`);
  return value;
}
