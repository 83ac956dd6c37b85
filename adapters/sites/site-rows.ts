import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import { type Site, siteStates, siteStepKinds } from '../../core/cameras/site';
import { siteAnalysis } from '../../core/contract/sites';
import type { ApprovedSite } from '../../core/reads/camera';
import { StoreError } from '../stores/store-error';

/** The table Sites: one partition of sites, one of enrolments, so that one query lists either. */
export const partitions = { sites: { S: 'SITE' }, cameras: { S: 'CAMERA' } } as const;

const content = z.strictObject({
  siteId: z.uuid(),
  name: z.string(),
  network: z.string(),
  latitude: z.number(),
  longitude: z.number(),
  analysis: siteAnalysis,
  state: z.enum(siteStates),
  steps: z.array(
    z.strictObject({
      kind: z.enum(siteStepKinds),
      by: z.string(),
      atMs: z.number(),
      words: z.string().optional(),
      cameraId: z.string().optional(),
    }),
  ),
  relocates: z.strictObject({ siteId: z.uuid(), cameraId: z.string() }).optional(),
  cameraId: z.string().optional(),
  revision: z.int().positive(),
});

export function siteKey(siteId: string): Record<string, AttributeValue> {
  return { pk: partitions.sites, sk: { S: siteId } };
}

/** Throws `StoreError` `malformed`. */
export function siteOf(item: Record<string, AttributeValue>): Site {
  try {
    return content.parse(JSON.parse(item.site?.S ?? '')) as Site;
  } catch (cause) {
    throw new StoreError('malformed', 'sites', { cause });
  }
}

/** A put of a transaction: stored only on the revision that the change was decided on. */
export function sitePut(table: string, site: Site) {
  return {
    Put: {
      TableName: table,
      Item: {
        ...siteKey(site.siteId),
        revision: { N: String(site.revision) },
        site: { S: JSON.stringify(site) },
      },
      ...(site.revision === 1
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'revision = :before',
            ExpressionAttributeValues: { ':before': { N: String(site.revision - 1) } },
          }),
    },
  };
}

/** The site as a row of the table Cameras holds it. */
export function registrySite(site: ApprovedSite): AttributeValue {
  return {
    M: {
      siteId: { S: site.siteId },
      latitude: { N: String(site.latitude) },
      longitude: { N: String(site.longitude) },
      approvedBy: { S: site.approvedBy },
      approvedAtMs: { N: String(site.approvedAtMs) },
    },
  };
}
