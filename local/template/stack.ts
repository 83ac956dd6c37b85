import type { StackTemplate } from './assembly';
import { evaluateCondition, noValue, resolve, type Scope } from './intrinsics';
import { LazyValues } from './lazy-values';
import type { Resource, ResourceIdentity, ResourceModel } from './resource-model';
import { TemplateError } from './template-error';

export interface StackContext {
  readonly accountId: string;
  readonly partition: string;
  readonly models: ReadonlyMap<string, ResourceModel>;
  imported(exportName: string): string;
}

/** One stack of the assembly: its references resolve lazily and in any order, since identities are pure. */
export class Stack {
  readonly name: string;
  readonly region: string;
  readonly #source: StackTemplate;
  readonly #context: StackContext;
  readonly #texts: LazyValues<string>;
  readonly #conditions: LazyValues<boolean>;
  readonly #scope: Scope;

  constructor(source: StackTemplate, context: StackContext) {
    this.name = source.name;
    this.region = source.region;
    this.#source = source;
    this.#context = context;
    this.#texts = new LazyValues(source.name);
    this.#conditions = new LazyValues(source.name);
    this.#scope = {
      region: source.region,
      ref: (name) => this.#ref(name),
      attribute: (id, name) => this.attribute(id, name),
      condition: (name) => this.#condition(name),
      mapping: (map, first, second) => this.#mapping(map, first, second),
      imported: (name) => context.imported(name),
    };
  }

  /** Logical ids of the resources whose condition holds, as the template lists them. */
  resourceIds(): string[] {
    return Object.entries(this.#source.template.Resources)
      .filter(([, { Condition }]) => Condition === undefined || this.#condition(Condition))
      .map(([id]) => id);
  }

  /** The outputs that exist: key, value and, for those exported, the name. */
  outputs(): { key: string; value: string; exportName?: string }[] {
    const outputs = [];
    for (const [key, output] of Object.entries(this.#source.template.Outputs)) {
      if (output.Condition !== undefined && !this.#condition(output.Condition)) continue;
      const value = this.#texts.get(`output ${key}`, () => String(resolve(output.Value, this.#scope)));
      const exportName =
        output.Export === undefined ? undefined : String(resolve(output.Export.Name, this.#scope));
      outputs.push(exportName === undefined ? { key, value } : { key, value, exportName });
    }
    return outputs;
  }

  /** The value exported under a name; `undefined` when this stack exports nothing so named. */
  exported(name: string): string | undefined {
    for (const [key, output] of Object.entries(this.#source.template.Outputs)) {
      if (output.Export === undefined || resolve(output.Export.Name, this.#scope) !== name) continue;
      if (output.Condition !== undefined && !this.#condition(output.Condition)) continue;
      return this.#texts.get(`output ${key}`, () => String(resolve(output.Value, this.#scope)));
    }
    return undefined;
  }

  modelOf(logicalId: string): ResourceModel {
    const { Type } = this.#declared(logicalId);
    const model = this.#context.models.get(Type);
    if (model !== undefined) return model;
    throw new TemplateError(
      'unknown-type',
      `${this.name}/${logicalId} is of type ${Type}, which is not known locally`,
    );
  }

  /** The resource with all its properties resolved, ready to be made. */
  resource(logicalId: string): Resource {
    const properties = resolve(this.#declared(logicalId).Properties, this.#scope);
    return {
      ...this.#identity(logicalId),
      physicalId: String(this.#ref(logicalId)),
      properties: Object.fromEntries(Object.entries(Object(properties))),
      attribute: (name) => this.attribute(logicalId, name),
    };
  }

  attribute(logicalId: string, name: string): string {
    const model = this.modelOf(logicalId);
    const attribute = Object.hasOwn(model.attributes, name) ? model.attributes[name] : undefined;
    if (attribute === undefined) {
      throw new TemplateError(
        'unknown-attribute',
        `${this.name}/${logicalId} (${model.type}) has no attribute ${name} locally`,
      );
    }
    return this.#texts.get(`${logicalId}.${name}`, () => attribute(this.#identity(logicalId)));
  }

  #ref(name: string): unknown {
    const pseudo = this.#pseudoParameter(name);
    if (pseudo !== undefined) return pseudo;
    const parameter = this.#source.template.Parameters[name];
    if (parameter !== undefined) return this.#parameter(name, parameter);
    const model = this.modelOf(name);
    return this.#texts.get(name, () => model.ref(this.#identity(name)));
  }

  #pseudoParameter(name: string): unknown {
    const { accountId, partition } = this.#context;
    switch (name) {
      case 'AWS::AccountId':
        return accountId;
      case 'AWS::Region':
        return this.region;
      case 'AWS::Partition':
        return partition;
      case 'AWS::URLSuffix':
        return 'amazonaws.com';
      case 'AWS::StackName':
        return this.name;
      case 'AWS::StackId':
        return `arn:${partition}:cloudformation:${this.region}:${accountId}:stack/${this.name}/00000000-0000-0000-0000-000000000000`;
      case 'AWS::NoValue':
        return noValue;
      default:
        return undefined;
    }
  }

  #parameter(name: string, { Type, Default }: { Type: string; Default?: unknown }): unknown {
    if (Type.startsWith('AWS::SSM::')) {
      throw new TemplateError('unresolved-reference', `${this.name} reads the SSM parameter behind ${name}`);
    }
    if (Default === undefined) {
      throw new TemplateError('unresolved-reference', `${this.name} has no value for its parameter ${name}`);
    }
    return Default;
  }

  #identity(logicalId: string): ResourceIdentity {
    const { Type, Properties } = this.#declared(logicalId);
    return {
      stackName: this.name,
      logicalId,
      type: Type,
      region: this.region,
      accountId: this.#context.accountId,
      partition: this.#context.partition,
      defaultName: `${this.name}-${logicalId}`,
      property: (name) => {
        const value = resolve(Properties[name], this.#scope);
        return value === noValue ? undefined : value;
      },
    };
  }

  #declared(logicalId: string) {
    const { Resources } = this.#source.template;
    const declared = Object.hasOwn(Resources, logicalId) ? Resources[logicalId] : undefined;
    if (
      declared === undefined ||
      (declared.Condition !== undefined && !this.#condition(declared.Condition))
    ) {
      throw new TemplateError(
        'unresolved-reference',
        `${this.name} has no resource or parameter ${logicalId}`,
      );
    }
    return declared;
  }

  #condition(name: string): boolean {
    const { Conditions } = this.#source.template;
    if (!Object.hasOwn(Conditions, name)) {
      throw new TemplateError('unresolved-reference', `${this.name} has no condition ${name}`);
    }
    return this.#conditions.get(name, () => evaluateCondition(Conditions[name], this.#scope));
  }

  #mapping(map: string, first: string, second: string): unknown {
    const value = this.#source.template.Mappings[map]?.[first]?.[second];
    if (value !== undefined) return value;
    throw new TemplateError('unresolved-reference', `${this.name} has no mapping ${map}.${first}.${second}`);
  }
}
