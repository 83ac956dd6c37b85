import { type AttributeValue, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { CameraRecord } from '../../core/reads/camera';

/** Puts one camera on the registry [Policy-E]. Refuses to overwrite: a camera that moves needs a new approval. */
export async function enrolCamera(
  dynamodb: DynamoDBClient,
  camerasTable: string,
  camera: CameraRecord,
): Promise<void> {
  await dynamodb.send(
    new PutItemCommand({
      TableName: camerasTable,
      Item: {
        cameraId: { S: camera.cameraId },
        network: { S: camera.network },
        kind: { S: camera.kind },
        publicKeyPem: { S: camera.publicKeyPem },
        status: { S: camera.status },
        ...(camera.site ? { site: { M: siteItem(camera.site) } } : {}),
      },
      ConditionExpression: 'attribute_not_exists(cameraId)',
    }),
  );
}

function siteItem(site: NonNullable<CameraRecord['site']>): Record<string, AttributeValue> {
  return {
    siteId: { S: site.siteId },
    latitude: { N: String(site.latitude) },
    longitude: { N: String(site.longitude) },
    approvedBy: { S: site.approvedBy },
    approvedAtMs: { N: String(site.approvedAtMs) },
  };
}
