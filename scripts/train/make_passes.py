"""
Renders passes: the frames of a camera that a car drives towards. FOLDER/NNN/FF.jpg, and FOLDER/passes.jsonl, one line a
pass: its number, the plate, the issuing state, a still of it, and each frame's file and corners of the plate.

What a frame has in common with its pass and what is its own: `street_video.py`. The plate, its dirt and its frame are
the same in every frame, and what they hide no frame shows; plates are those of streets (`is_on_streets`). Distances,
gain and movement are those of a camera too far from its road, so that single frames are in doubt.
"""
import argparse
import json
import math
import os
import re

import cv2
import numpy as np

from plates import UNKNOWN
from scenes import Scenes
from street_video import Video

SEED = 777_002
WIDTH, HEIGHT = 640, 400
STREET_W, STREET_H = 1280, 800
PLATE_IN_STREET = (150, 190)
FIRST_WIDTH, LAST_WIDTH = (30, 50), (75, 130)
FRAMES = (5, 15)
DRAWN_PERSONAL_SHARE, PERSONAL_SHARE = .07, .04


def shape(text):
    return re.sub('[A-Z]', 'A', re.sub('[0-9]', '9', re.sub('[^A-Z0-9]', '', text)))


class Streets(Scenes):
    """Training draws rare plates often; a street has them as rarely as they are."""

    def __init__(self, seed, size):
        super().__init__(seed, size)
        self.series = {}
        for state, design, _ in self.plates.designs:
            self.series.setdefault(state, set()).update(shape(layout) for layout in design['layouts'])

    def plate(self):
        while True:
            drawn = super().plate()
            if self.is_on_streets(drawn):
                return drawn

    def is_on_streets(self, drawn):
        """A design that exists; in series no I and no Q, which states leave out; one plate in 25 personal."""
        _, text, state, _ = drawn
        if state == UNKNOWN:
            return False
        if shape(text) in self.series[state]:
            return not set('IQ') & set(text)
        return self.rng.random() < PERSONAL_SHARE / DRAWN_PERSONAL_SHARE

    def street_with_a_plate(self):
        """A car whose plate is wholly in the picture: in a pass it drives into view."""
        while True:
            image, found = self.street(STREET_W, STREET_H, PLATE_IN_STREET, count=1)
            if len(found) == 1 and found[0][0].min() >= 0 and np.all(found[0][0].max(0) <= [STREET_W, STREET_H]):
                return image, found[0]


def render(scenes, folder, name):
    """One pass into FOLDER/NAME; its line of labels."""
    r = scenes.rng
    street, (quad, text, state) = scenes.street_with_a_plate()
    around = scenes.backdrop(WIDTH, HEIGHT)
    n = int(r.integers(FRAMES[0], FRAMES[1] + 1))
    video = Video(r, scenes.textures, (WIDTH, HEIGHT), n)
    widths = np.exp(np.linspace(math.log(r.uniform(*FIRST_WIDTH)), math.log(r.uniform(*LAST_WIDTH)), n))
    aims = np.linspace(np.array([WIDTH, HEIGHT]) * r.uniform(.35, .65, 2), np.array([WIDTH, HEIGHT]) * r.uniform(.25, .75, 2), n)
    os.makedirs(os.path.join(folder, name), exist_ok=True)
    save(folder, still := f'{name}/still.jpg', np.clip(street, 0, 255), 92)
    frames = []
    for i, (width, aim) in enumerate(zip(widths, aims)):
        k = width / np.linalg.norm(quad[1] - quad[0])
        small = cv2.resize(street, None, fx=k, fy=k, interpolation=cv2.INTER_AREA)
        m = video.matrix(i, quad.mean(0) * k, aim, width)
        inside = cv2.warpPerspective(np.ones(small.shape[:2], np.float32), m, (WIDTH, HEIGHT))[..., None]
        image = around * (1 - inside) + cv2.warpPerspective(small, m, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
        corners = cv2.perspectiveTransform((quad * k)[None].astype(np.float32), m)[0]
        save(folder, file := f'{name}/{i:02d}.jpg', video.shoot(i, image, corners, width), 88)
        frames.append({'image': file, 'corners': rounded(corners)})
    return {'plate': text, 'state': scenes.plates.codes[state], 'still': {'image': still, 'corners': rounded(quad)},
            'frames': frames}


def save(folder, name, image, quality):
    cv2.imwrite(os.path.join(folder, name), image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])


def rounded(corners):
    return np.round(corners.astype(float), 1).tolist()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('folder')
    parser.add_argument('--count', type=int, default=240)
    parser.add_argument('--seed', type=int, default=SEED)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(options.folder, exist_ok=True)
    scenes = Streets(options.seed, 512)
    with open(os.path.join(options.folder, 'passes.jsonl'), 'w', encoding='utf8') as labels:
        for number in range(options.count):
            labels.write(json.dumps({'pass': number} | render(scenes, options.folder, f'{number:03d}')) + '\n')
            labels.flush()


if __name__ == '__main__':
    main()
