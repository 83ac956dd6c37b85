import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { CameraRecord } from '../../../core/reads/camera';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

export const tables = { sitesTable: 'Sites', camerasTable: 'Cameras' };

/** The tables Sites and Cameras in a real store. */
export async function startTables(): Promise<LocalDynamo> {
  const local = await startDynamo();
  await local.createTable('Sites', 'pk', 'sk');
  await local.createTable('Cameras', 'cameraId');
  return local;
}

export async function putCamera({ dynamo }: LocalDynamo, camera: CameraRecord): Promise<void> {
  const { cameraId, network, kind, publicKeyPem, status } = camera;
  const Item = {
    cameraId: { S: cameraId },
    network: { S: network },
    kind: { S: kind },
    publicKeyPem: { S: publicKeyPem },
    status: { S: status },
  };
  await dynamo.send(new PutItemCommand({ TableName: 'Cameras', Item }));
}

/** The row as it is stored. */
export async function cameraRow({ dynamo }: LocalDynamo, cameraId: string) {
  const Key = { cameraId: { S: cameraId } };
  return (await dynamo.send(new GetItemCommand({ TableName: 'Cameras', Key, ConsistentRead: true }))).Item;
}
