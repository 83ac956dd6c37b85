import { parseArgs } from 'node:util';

export interface StartArguments {
  readonly isHelp: boolean;
  /** Keep the system up after the scripted day, with users and a search to try. */
  readonly isServing: boolean;
  /** Folder of JPEG or PNG photos, with label files beside them where there are any. */
  readonly imagesFolder?: string;
  /** H.264 video that the fixed camera streams. */
  readonly videoFile?: string;
}

export const help = `Usage: npm start -- [options]

Runs Platekeeper on this machine from its own CloudFormation templates and lives through one scripted day:
cameras read plates, a hot-list entry raises an alert, an officer searches with a reason, 31 days pass.

Options:
  --images DIR   feed a folder of photos instead of photos that are drawn here; label files beside
                 them (image, x, y, width, height, plate; tab separated) give a score
  --video FILE   let the fixed camera stream this H.264 video (MP4, Matroska or raw) instead of a drawn one
  --serve        keep the system up afterwards; prints URLs, users and a search to paste
  --help         this text

Environment:
  DYNAMODB_ENDPOINT            another DynamoDB-compatible server instead of the bundled one
  PLATEKEEPER_CONFIGURATION    the deployment file (default config/bloomington.json)
  PLATEKEEPER_DEBUG            set to anything: an error comes with its stack
`;

/** Throws `TypeError` with a plain message for an option that does not exist. */
export function parseStartArguments(argv: readonly string[]): StartArguments {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      images: { type: 'string' },
      video: { type: 'string' },
      serve: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    isHelp: values.help,
    isServing: values.serve,
    ...(values.images === undefined ? {} : { imagesFolder: values.images }),
    ...(values.video === undefined ? {} : { videoFile: values.video }),
  };
}
