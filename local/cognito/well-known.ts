import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Pool } from './pool';

/** `/<pool id>/.well-known/jwks.json` and `/<pool id>/.well-known/openid-configuration`, open to everyone. */
export function wellKnown(pools: ReadonlyMap<string, Pool>, req: IncomingMessage, res: ServerResponse): void {
  const [, poolId, document] = /^\/([^/]+)\/\.well-known\/([^/?]+)$/.exec(req.url ?? '') ?? [];
  const pool = pools.get(poolId ?? '');
  const body = pool && documents[document ?? '']?.(pool);
  res.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
  res.end(JSON.stringify(body ?? { message: 'not found' }));
}

const documents: Readonly<Record<string, (pool: Pool) => object>> = {
  'jwks.json': (pool) => pool.keys.jwks,
  'openid-configuration': ({ identity: { issuer } }) => ({
    issuer,
    jwks_uri: `${issuer}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'token'],
    subject_types_supported: ['public'],
  }),
};
