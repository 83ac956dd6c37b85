"""Exports a checkpoint to ONNX and checks that the file is small enough to commit."""
import argparse
import os

import torch

from networks import Detector, ExportedDetector, ExportedRecogniser, Recogniser

LARGEST = 5_000_000


def load(network, path):
    if path:
        network.load_state_dict(torch.load(path))
    return network.eval()


def export_recogniser(checkpoint, out):
    model = ExportedRecogniser(load(Recogniser(), checkpoint)).eval()
    axes = {'image': {0: 'n'}, 'characters': {0: 'n'}, 'state': {0: 'n'}}
    torch.onnx.export(model, torch.rand(2, 3, 64, 160) * 255, out, input_names=['image'],
                      output_names=['characters', 'state'], dynamic_axes=axes, opset_version=13)


def export_detector(checkpoint, out):
    model = ExportedDetector(load(Detector(), checkpoint)).eval()
    axes = {'image': {2: 'h', 3: 'w'}, 'plate': {2: 'gh', 3: 'gw'}, 'corners': {2: 'gh', 3: 'gw'}}
    torch.onnx.export(model, torch.rand(1, 3, 384, 640) * 255, out, input_names=['image'],
                      output_names=['plate', 'corners'], dynamic_axes=axes, opset_version=13)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('model', choices=['recogniser', 'detector'])
    parser.add_argument('out')
    parser.add_argument('--checkpoint', help='without one, untrained weights of the same shapes')
    options = parser.parse_args()
    part = options.out + '.part'
    {'recogniser': export_recogniser, 'detector': export_detector}[options.model](options.checkpoint, part)
    size = os.path.getsize(part)
    if size > LARGEST:
        raise SystemExit(f'{size} bytes are more than {LARGEST}')
    os.replace(part, options.out)
    print(options.out, size)


if __name__ == '__main__':
    main()
