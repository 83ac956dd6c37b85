import type { ResourceModel } from '../template/resource-model';
import { functionModel } from './function-model';
import { permissionModel, settingsModel } from './invocation-models';
import { LayerFolders, layerModel } from './layer-model';
import type { LambdaRuntime } from './runtime';
import { aliasModel, versionModel } from './version-models';

export interface LambdaModelOptions {
  readonly runtime: LambdaRuntime;
  /** Folder of an asset by its S3 key. Throws for an unknown one. */
  readonly assetFolder: (key: string) => string;
}

/** `AWS::Lambda::*` but for event source mappings, which are in `event-sources`. */
export function lambdaModels({ runtime, assetFolder }: LambdaModelOptions): ResourceModel[] {
  const layers = new LayerFolders();
  return [
    functionModel({ runtime, assetFolder, layers }),
    versionModel(runtime),
    aliasModel(runtime),
    permissionModel(runtime),
    settingsModel(runtime),
    layerModel({ layers, assetFolder }),
  ];
}
