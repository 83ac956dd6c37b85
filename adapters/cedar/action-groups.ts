import { type PolicyJson, schemaToJson } from '@cedar-policy/cedar-wasm/nodejs';
import { messages, PolicyUnusable } from './rule';

/** Each action of the schema with itself and all groups that it is in, whatever the groups are in in turn. */
export type ActionGroups = ReadonlyMap<string, ReadonlySet<string>>;

/** Throws `PolicyUnusable` for a schema that does not parse. */
export function actionGroups(schema: string): ActionGroups {
  const parsed = schemaToJson(schema);
  if (parsed.type === 'failure') throw new PolicyUnusable('schema', messages(parsed.errors));
  const parents = new Map<string, readonly string[]>();
  for (const namespace of Object.values(parsed.json))
    for (const [action, { memberOf }] of Object.entries(namespace.actions))
      parents.set(
        action,
        (memberOf ?? []).map((each) => each.id),
      );
  return new Map([...parents.keys()].map((action) => [action, groupsOf(action, parents)]));
}

function groupsOf(action: string, parents: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
  const found = new Set([action]);
  for (const each of found) for (const parent of parents.get(each) ?? []) found.add(parent);
  return found;
}

/**
 * Whether a rule with this action scope can speak about an action in these groups. Only what surely cannot is left out:
 * a scope of another form speaks about everything.
 */
export function speaksAbout(
  scope: PolicyJson['action'],
  groups: ReadonlySet<string>,
  action: string,
): boolean {
  if (scope.op === '==' && 'entity' in scope) return idOf(scope.entity) === action;
  if (scope.op === 'in' && 'entity' in scope) return groups.has(idOf(scope.entity));
  if (scope.op === 'in' && 'entities' in scope) return scope.entities.some((each) => groups.has(idOf(each)));
  return true;
}

function idOf(entity: { readonly id: string } | { readonly __entity: { readonly id: string } }): string {
  return '__entity' in entity ? entity.__entity.id : entity.id;
}
