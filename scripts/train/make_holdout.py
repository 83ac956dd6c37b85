"""
Renders labelled photos that no training saw (another seed), for calibration: FOLDER/NNNNN.jpg with NNNNN.txt, one tab
separated line `image x y width height plate`, and labels.jsonl with the corners and the issuing state as well.
"""
import argparse
import json
import os

import cv2
import numpy as np

from plates import UNKNOWN
from scenes import Scenes

SEED = 777_001
WIDTH, HEIGHT = 800, 512
PLATE_WIDTHS = (48, 230)


def one_plate(scenes, plate_widths):
    while True:
        image, found = scenes.scene(WIDTH, HEIGHT, plate_widths, count=1)
        if len(found) == 1 and inside(found[0][0]):
            return image, found[0]


def inside(quad):
    return quad.min() >= 0 and np.all(quad.max(0) <= [WIDTH, HEIGHT])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('folder')
    parser.add_argument('--count', type=int, default=5000)
    parser.add_argument('--seed', type=int, default=SEED)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(options.folder, exist_ok=True)
    scenes = Scenes(options.seed, 512)
    with open(os.path.join(options.folder, 'labels.jsonl'), 'w', encoding='utf8') as labels:
        for i in range(options.count):
            image, (quad, text, state) = one_plate(scenes, PLATE_WIDTHS)
            name = f'{i:05d}.jpg'
            cv2.imwrite(os.path.join(options.folder, name), image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 90])
            (x0, y0), (x1, y1) = np.floor(quad.min(0)).astype(int), np.ceil(quad.max(0)).astype(int)
            with open(os.path.join(options.folder, f'{i:05d}.txt'), 'w', encoding='utf8') as label:
                label.write('\t'.join(map(str, (name, x0, y0, x1 - x0, y1 - y0, text))) + '\n')
            labels.write(json.dumps({
                'image': name, 'plate': text, 'state': scenes.plates.codes[state] if state < UNKNOWN else None,
                'corners': np.round(quad, 1).tolist()}) + '\n')


if __name__ == '__main__':
    main()
