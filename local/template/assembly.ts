import { readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { TemplateError } from './template-error';

export interface StackTemplate {
  readonly name: string;
  readonly region: string;
  readonly template: Template;
}

/** A synthesised CDK app: what `cdk deploy` would deploy. */
export interface Assembly {
  /** Each stack after those it depends on. */
  readonly stacks: readonly StackTemplate[];
  /** The folder (or file) of an asset, by the hash in its S3 key. Throws for an unknown hash. */
  assetPath(hash: string): string;
}

const anything = z.unknown().optional();

const resourceSchema = z.strictObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string().transform((one) => [one]), z.array(z.string())]).default([]),
  Condition: z.string().optional(),
  Metadata: anything,
  DeletionPolicy: anything,
  UpdateReplacePolicy: anything,
});

/** Sections not listed (`Transform`, say) are refused. `Rules` only check the bootstrap version. */
const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: anything,
  Description: anything,
  Metadata: anything,
  Rules: anything,
  Parameters: z.record(z.string(), z.looseObject({ Type: z.string(), Default: anything })).default({}),
  Mappings: z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown()))).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Resources: z.record(z.string(), resourceSchema).default({}),
  Outputs: z
    .record(
      z.string(),
      z.strictObject({
        Value: z.unknown(),
        Description: anything,
        Condition: z.string().optional(),
        Export: z.strictObject({ Name: z.unknown() }).optional(),
      }),
    )
    .default({}),
});

export type Template = z.infer<typeof templateSchema>;

const manifestSchema = z.object({
  artifacts: z.record(
    z.string(),
    z.object({
      type: z.string(),
      environment: z.string().optional(),
      dependencies: z.array(z.string()).default([]),
      properties: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

const assetManifestSchema = z.object({
  files: z.record(z.string(), z.object({ source: z.object({ path: z.string() }) })).default({}),
  dockerImages: z.record(z.string(), z.unknown()).default({}),
});

/** Artifacts that describe the assembly and deploy nothing. */
const describing = new Set(['cdk:tree', 'cdk:feature-flag-report', 'cdk:validation-report']);

/** Reads a `cdk.out` folder. Stacks without a region get `defaultRegion`. */
export function readAssembly(folder: string, defaultRegion = 'us-east-2'): Assembly {
  const manifest = read(path.join(folder, 'manifest.json'), manifestSchema);
  const stacks = new Map<string, { stack: StackTemplate; dependencies: readonly string[] }>();
  const assets = new Map<string, string>();
  for (const [id, artifact] of Object.entries(manifest.artifacts)) {
    if (artifact.type === 'aws:cloudformation:stack') {
      const { templateFile, stackName } = z
        .object({ templateFile: z.string(), stackName: z.string().default(id) })
        .parse(artifact.properties);
      const region = artifact.environment?.split('/').at(-1) ?? 'unknown-region';
      stacks.set(id, {
        stack: {
          name: stackName,
          region: region === 'unknown-region' ? defaultRegion : region,
          template: parseTemplate(read(path.join(folder, templateFile), z.unknown()), stackName),
        },
        dependencies: artifact.dependencies,
      });
    } else if (artifact.type === 'cdk:asset-manifest') {
      const { file } = z.object({ file: z.string() }).parse(artifact.properties);
      const { files, dockerImages } = read(path.join(folder, file), assetManifestSchema);
      if (Object.keys(dockerImages).length > 0) {
        throw new TemplateError('unknown-artifact', `${file} has Docker images, which are not run locally`);
      }
      for (const [hash, { source }] of Object.entries(files))
        assets.set(hash, path.join(folder, source.path));
    } else if (!describing.has(artifact.type)) {
      throw new TemplateError(
        'unknown-artifact',
        `the artifact ${id} is of type ${artifact.type}, which is not known`,
      );
    }
  }
  return { stacks: inDependencyOrder(stacks), assetPath: (hash) => assetPath(assets, hash) };
}

/** Checks a template's outline. Throws `TemplateError` naming what it does not know. */
export function parseTemplate(value: unknown, stackName: string): Template {
  const parsed = templateSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new TemplateError(
    'unknown-section',
    `the template of ${stackName}: ${z.prettifyError(parsed.error)}`,
    {
      cause: parsed.error,
    },
  );
}

function assetPath(assets: ReadonlyMap<string, string>, key: string): string {
  const found = assets.get(key.replace(/\.(zip|json)$/, ''));
  if (found === undefined)
    throw new TemplateError('unresolved-reference', `the assembly has no asset ${key}`);
  return found;
}

function inDependencyOrder(
  stacks: ReadonlyMap<string, { stack: StackTemplate; dependencies: readonly string[] }>,
): StackTemplate[] {
  const ordered = new Set<StackTemplate>();
  const visit = (id: string, path: readonly string[]) => {
    const entry = stacks.get(id);
    if (entry === undefined || ordered.has(entry.stack)) return;
    if (path.includes(id))
      throw new TemplateError('circular-reference', `stacks in a circle: ${path.join(' → ')}`);
    for (const dependency of entry.dependencies) visit(dependency, [...path, id]);
    ordered.add(entry.stack);
  };
  for (const id of stacks.keys()) visit(id, []);
  return [...ordered];
}

function read<T>(file: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new TemplateError('unreadable-assembly', `${file} cannot be read as part of a CDK assembly`, {
      cause,
    });
  }
}
