"""
Makes the committed models of exported ones: weights and most activations in eight bits, which halves the time of a
photo on a processor. The ranges of activations are measured on rendered passes (make_passes.py, a seed of their own).

The first convolution, which sees pixels, the detector's last, which places corners, and the recogniser's last keep
their 32 bits. Needs the packages onnx and onnxruntime.
"""
import argparse
import glob
import os

import cv2
import numpy as np
import onnx
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static

import reading
from score import MODELS

EVERY, FRAMES, LOOKS = 17, 140, 24
PLATE_SURE, PLATES_A_FRAME = .4, 2


class Given(CalibrationDataReader):
    def __init__(self, images):
        self.left = iter([{'image': image[None].astype(np.float32)} for image in images])

    def get_next(self):
        return next(self.left, None)


class Recorded:
    """A session that keeps what it was given."""

    def __init__(self, path):
        self.session, self.inputs = reading.session(path), []

    def run(self, outputs, inputs):
        self.inputs.extend(inputs['image'].astype(np.uint8))
        return self.session.run(outputs, inputs)


def quantise(source, target, images, kept):
    quantize_static(source, target, Given(images), quant_format=QuantFormat.QDQ, per_channel=True,
                    activation_type=QuantType.QUInt8, weight_type=QuantType.QInt8,
                    calibrate_method=CalibrationMethod.MinMax, nodes_to_exclude=kept,
                    op_types_to_quantize=['Conv', 'Add', 'Relu', 'Resize', 'Concat'],
                    extra_options={'ActivationSymmetric': False})


def convolutions(path):
    return [node for node in onnx.load(path).graph.node if node.op_type == 'Conv']


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('passes', help='folder of make_passes.py')
    parser.add_argument('--detector', required=True, help='exported by export.py')
    parser.add_argument('--recogniser', required=True)
    parser.add_argument('--out', default=MODELS)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    detector, recogniser = Recorded(options.detector), Recorded(options.recogniser)
    frames = [name for name in sorted(glob.glob(os.path.join(options.passes, '*', '*.jpg'))) if 'still' not in name]
    for name in frames[::EVERY][:FRAMES]:
        image = cv2.imread(name)[..., ::-1]
        for score, quad in reading.find(detector, image)[:PLATES_A_FRAME]:
            if score > PLATE_SURE:
                reading.read(recogniser, image, quad, crops=3)
    whole = [image for image in detector.inputs if image.shape[1:] != (reading.LOOK_H, reading.LOOK_W)]
    layers = convolutions(options.detector)
    quantise(options.detector, os.path.join(options.out, 'plate-detector.onnx'), whole[:LOOKS],
             [layers[0].name, layers[-1].name])
    layers = convolutions(options.recogniser)
    kept = [layers[0].name] + [layer.name for layer in layers if 'characters' in layer.input[1]]
    quantise(options.recogniser, os.path.join(options.out, 'plate-recogniser.onnx'), recogniser.inputs[:200], kept)


if __name__ == '__main__':
    main()
