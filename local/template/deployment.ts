import type { Assembly } from './assembly';
import { provisionOrder } from './order';
import type { Resource, ResourceModel } from './resource-model';
import { skippedModels } from './skipped';
import { Stack } from './stack';
import { TemplateError } from './template-error';

export interface DeployOptions {
  readonly assembly: Assembly;
  readonly models: readonly ResourceModel[];
  readonly accountId: string;
}

export interface Deployment {
  /** Every resource that was made, in the order of making. */
  readonly resources: readonly Resource[];
  /** By `<stack>.<output key>`, by export name, and by the bare output key where only one stack has it. */
  readonly outputs: Readonly<Record<string, string>>;
}

/**
 * Makes everything that the assembly declares, through the models. Every type and every attribute referred to is
 * checked before the first resource is made. Throws `TemplateError` for what no model and no skip knows.
 */
export async function deploy({ assembly, models, accountId }: DeployOptions): Promise<Deployment> {
  const registry = registryOf([...models, ...skippedModels]);
  const stacks: Stack[] = [];
  const imported = (name: string): string => {
    for (const stack of stacks) {
      const value = stack.exported(name);
      if (value !== undefined) return value;
    }
    throw new TemplateError('unresolved-reference', `no stack exports ${name}`);
  };
  for (const source of assembly.stacks) {
    stacks.push(
      new Stack(source, { accountId, partition: partitionOf(source.region), models: registry, imported }),
    );
  }

  const planned = stacks.flatMap((stack, index) => {
    const order = provisionOrder(assembly.stacks[index]?.template.Resources ?? {});
    const existing = new Set(stack.resourceIds());
    return order
      .filter((id) => existing.has(id))
      .map((id) => ({ model: stack.modelOf(id), resource: stack.resource(id) }));
  });
  for (const { model, resource } of planned) await model.provision?.(resource);
  return { resources: planned.map(({ resource }) => resource), outputs: namedOutputs(stacks) };
}

function registryOf(models: readonly ResourceModel[]): Map<string, ResourceModel> {
  const registry = new Map<string, ResourceModel>();
  for (const model of models) {
    if (registry.has(model.type)) throw new Error(`two models claim ${model.type}`);
    registry.set(model.type, model);
  }
  return registry;
}

function namedOutputs(stacks: readonly Stack[]): Record<string, string> {
  const outputs: Record<string, string> = {};
  const bare = new Map<string, string[]>();
  for (const stack of stacks) {
    for (const { key, value, exportName } of stack.outputs()) {
      outputs[`${stack.name}.${key}`] = value;
      if (exportName !== undefined) outputs[exportName] = value;
      bare.set(key, [...(bare.get(key) ?? []), value]);
    }
  }
  for (const [key, [value, ...others]] of bare) {
    if (value !== undefined && others.length === 0) outputs[key] = value;
  }
  return outputs;
}

const partitionOf = (region: string) => (region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws');
