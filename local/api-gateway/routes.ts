import type { Snapshot } from './definition';
import type { MethodProperties } from './template-schemas';

export interface Route {
  readonly method: MethodProperties;
  readonly resourceId: string;
  /** With its parameters as the template names them: `/images/{token}`. */
  readonly resourcePath: string;
}

export interface Match {
  readonly route: Route;
  /** `null` where the path has no parameters, as in the proxy event. */
  readonly pathParameters: Readonly<Record<string, string>> | null;
}

/** Finds the method behind a request; a fixed path part goes before a parameter, and that before `{proxy+}`. */
export class RouteTable {
  private readonly routes: readonly Route[];

  constructor(snapshot: Snapshot, rootResourceId: string) {
    this.routes = snapshot.methods.map((method) => ({
      method,
      resourceId: method.ResourceId,
      resourcePath: pathOf(method.ResourceId, snapshot, rootResourceId),
    }));
  }

  find(httpMethod: string, path: string): Match | undefined {
    const parts = partsOf(path);
    const matches = this.routes.flatMap((route) => {
      const pathParameters = parametersOf(partsOf(route.resourcePath), parts);
      return pathParameters === undefined ? [] : [{ route, pathParameters }];
    });
    const [best] = matches.sort((a, b) => compareText(rankOf(a.route), rankOf(b.route)));
    const resourcePath = best?.route.resourcePath;
    const onResource = matches.filter(({ route }) => route.resourcePath === resourcePath);
    const found =
      onResource.find(({ route }) => route.method.HttpMethod === httpMethod) ??
      onResource.find(({ route }) => route.method.HttpMethod === 'ANY');
    if (found === undefined) return undefined;
    const hasParameters = Object.keys(found.pathParameters).length > 0;
    return { route: found.route, pathParameters: hasParameters ? found.pathParameters : null };
  }
}

function pathOf(resourceId: string, snapshot: Snapshot, rootResourceId: string): string {
  const parts: string[] = [];
  for (let id = resourceId; id !== rootResourceId; ) {
    const resource = snapshot.resources.get(id);
    if (resource === undefined) throw new Error(`the deployment has no resource ${id}`);
    parts.unshift(resource.pathPart);
    id = resource.parentId;
  }
  return `/${parts.join('/')}`;
}

function parametersOf(pattern: readonly string[], parts: readonly string[]) {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const given = parts[index];
    if (given === undefined) return undefined;
    const [, name, greedy] = /^\{([^}+]+)(\+?)\}$/.exec(part) ?? [];
    if (name === undefined) {
      if (part !== given) return undefined;
    } else if (greedy === '+') {
      parameters[name] = parts.slice(index).join('/');
      return parameters;
    } else {
      parameters[name] = given;
    }
  }
  return pattern.length === parts.length ? parameters : undefined;
}

/** Sorts fixed parts first, then parameters, then greedy ones, part by part. */
function rankOf({ resourcePath }: Route): string {
  return partsOf(resourcePath)
    .map((part) => (part.endsWith('+}') ? '2' : part.startsWith('{') ? '1' : '0'))
    .join('');
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '');
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
