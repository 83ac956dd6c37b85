"""
How far the recogniser's probabilities can be believed, on rendered crops that no training saw: exact reads, expected
calibration error and Brier score of the best text's probability, for a range of temperatures (log probabilities
divided by it, then normalised again), and how often the state is right.
"""
import argparse
import os

import cv2
import numpy as np

import reading
from camera import Camera
from plates import UNKNOWN, Plates
from score import MODELS

SEED = 777_003
TEMPERATURES = (.8, 1., 1.15, 1.3, 1.5, 1.75, 2.)
BINS = 15


def tempered(log_p, temperature):
    scaled = log_p / temperature
    return scaled - np.logaddexp.reduce(scaled, axis=-1, keepdims=True)


def calibration_error(confidence, right):
    edges = np.minimum((confidence * BINS).astype(int), BINS - 1)
    return sum(abs(confidence[edges == b].mean() - right[edges == b].mean()) * (edges == b).mean()
               for b in range(BINS) if (edges == b).any())


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--recogniser', default=os.path.join(MODELS, 'plate-recogniser.onnx'))
    parser.add_argument('--count', type=int, default=5000)
    parser.add_argument('--seed', type=int, default=SEED)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    plates, camera = Plates(options.seed), Camera(options.seed + 1)
    recogniser = reading.session(options.recogniser)
    outputs, texts, states, seen = [], [], [], []
    for _ in range(options.count):
        image, text, state, centres = plates.plate()
        crop, _ = camera.shoot(image, centres)
        characters, state_log_p = recogniser.run(None, {'image': crop.transpose(2, 0, 1)[None].astype(np.float32)})
        outputs.append(characters[0])
        texts.append(text)
        states.append(state)
        seen.append(np.exp(state_log_p[0]))
    for temperature in TEMPERATURES:
        best = [reading.beam_search(tempered(o, temperature), width=6)[0] for o in outputs]
        confidence = np.exp([p for _, p in best])
        right = np.array([t == truth for (t, _), truth in zip(best, texts)], float)
        print(f'temperature {temperature}: exact {100 * right.mean():.1f} %, calibration error '
              f'{100 * calibration_error(confidence, right):.1f} %, Brier {np.mean((confidence - right) ** 2):.4f}')
    known = [i for i, s in enumerate(states) if s < UNKNOWN]
    sure = np.array([seen[i].max() for i in known])
    right = np.array([seen[i].argmax() == states[i] for i in known], float)
    print(f'state: right {100 * right.mean():.1f} %; above 0.9 believed: {100 * (sure > .9).mean():.1f} % of plates, '
          f'right {100 * right[sure > .9].mean():.1f} %')


if __name__ == '__main__':
    main()
