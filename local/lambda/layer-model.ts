import { z } from 'zod';
import type { ResourceIdentity, ResourceModel } from '../template/resource-model';
import { type KnownProperties, requireKnownProperties } from './known-properties';

const properties: KnownProperties = {
  understood: ['Content'],
  ignored: {
    CompatibleArchitectures: 'one architecture here',
    CompatibleRuntimes: 'one runtime here',
    Description: 'no effect',
    LayerName: 'part of the reference only',
    LicenseInfo: 'no effect',
  },
};

const content = z.object({ Content: z.object({ S3Key: z.string() }) });

/** Where each layer version's files are, by its ARN. */
export class LayerFolders {
  readonly #folders = new Map<string, string>();

  add(arn: string, folder: string): void {
    this.#folders.set(arn, folder);
  }

  /** Throws for a layer that no template makes: its code is not on this machine. */
  find(arn: string): string {
    const folder = this.#folders.get(arn);
    if (folder === undefined)
      throw new Error(`the layer ${arn} is in no template, so it cannot be run locally`);
    return folder;
  }
}

export function layerModel(options: {
  layers: LayerFolders;
  assetFolder: (key: string) => string;
}): ResourceModel {
  return {
    type: 'AWS::Lambda::LayerVersion',
    ref: layerArn,
    attributes: { LayerVersionArn: layerArn },
    provision(resource) {
      requireKnownProperties(resource, properties);
      const { Content } = content.parse(resource.properties);
      options.layers.add(resource.physicalId, options.assetFolder(Content.S3Key));
    },
  };
}

const layerArn = (identity: ResourceIdentity) => {
  const name = identity.property('LayerName');
  const { partition, region, accountId, defaultName } = identity;
  return `arn:${partition}:lambda:${region}:${accountId}:layer:${typeof name === 'string' ? name : defaultName}:1`;
};
