import type { Template } from './assembly';
import { references } from './intrinsics';
import { TemplateError } from './template-error';

/**
 * The order in which a stack's resources are made: each after everything it refers to or `DependsOn`, otherwise as
 * the template lists them. Throws `TemplateError` `circular-reference`.
 */
export function provisionOrder(resources: Template['Resources']): string[] {
  const ordered = new Set<string>();
  const open = new Set<string>();
  const visit = (id: string): void => {
    const resource = Object.hasOwn(resources, id) ? resources[id] : undefined;
    if (resource === undefined || ordered.has(id)) return;
    if (open.has(id)) {
      throw new TemplateError('circular-reference', `resources in a circle: ${[...open, id].join(' → ')}`);
    }
    open.add(id);
    for (const dependency of [...resource.DependsOn, ...references(resource.Properties)]) visit(dependency);
    open.delete(id);
    ordered.add(id);
  };
  for (const id of Object.keys(resources)) visit(id);
  return [...ordered];
}
