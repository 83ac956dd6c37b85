"""
Renders passes: the frames of a camera that a car drives towards. FOLDER/NNN/FF.jpg, and FOLDER/passes.jsonl, one line a
pass: its number, the plate, the issuing state or null, and each frame's file and corners of the plate.

Every frame has its own shake, blur, exposure, noise and compression; the plate, its dirt and its frame stay.
"""
import argparse
import json
import math
import os

import cv2
import numpy as np

from camera import encode, expose, shadow
from plates import UNKNOWN
from scenes import Scenes

SEED = 777_002
WIDTH, HEIGHT = 640, 400
STREET_W, STREET_H = 1280, 800
PLATE_IN_STREET = (150, 190)
FIRST_WIDTH, LAST_WIDTH = (26, 44), (52, 130)
FRAMES = (5, 15)


def street_of(scenes):
    while True:
        image, found = scenes.street(STREET_W, STREET_H, PLATE_IN_STREET, count=1)
        if len(found) == 1:
            return image, found[0]


def frame_of(scenes, street, around, quad, width, aim):
    """The street as a frame, within its surroundings, in which the plate is `width` wide and its middle at `aim`."""
    r = scenes.rng
    k = width / np.linalg.norm(quad[1] - quad[0])
    a = math.radians(r.normal(0, .7))
    turn = np.array([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]])
    small = cv2.resize(street, None, fx=k, fy=k, interpolation=cv2.INTER_AREA)
    shift = aim + r.normal(0, 2.5, 2) - turn @ (quad.mean(0) * k)
    m = np.hstack([turn, shift[:, None]])
    inside = cv2.warpAffine(np.ones(small.shape[:2], np.float32), m, (WIDTH, HEIGHT))[..., None]
    image = around * (1 - inside) + cv2.warpAffine(small, m, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    corners = quad * k @ turn.T + shift
    if r.random() < .9:
        image = cv2.GaussianBlur(image, (0, 0), r.uniform(.3, 1.5) * max(.6, width / 90))
    length = int(abs(r.normal(0, width / 22)))
    if length > 1:  # the car moved while the shutter was open
        kernel = np.zeros((length, length), np.float32)
        if r.random() < .5:
            kernel[:, length // 2] = 1. / length
        else:
            np.fill_diagonal(kernel, 1. / length)
        image = cv2.filter2D(image, -1, kernel)
    return image, corners


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('folder')
    parser.add_argument('--count', type=int, default=240)
    parser.add_argument('--seed', type=int, default=SEED)
    options = parser.parse_args()
    cv2.setNumThreads(1)
    os.makedirs(options.folder, exist_ok=True)
    scenes = Scenes(options.seed, 512)
    r = scenes.rng
    with open(os.path.join(options.folder, 'passes.jsonl'), 'w', encoding='utf8') as labels:
        for number in range(options.count):
            street, (quad, text, state) = street_of(scenes)
            around = scenes.backdrop(WIDTH, HEIGHT)
            light = np.random.default_rng(int(r.integers(1 << 30)))
            night_share = .9 if r.random() < .25 else 0.
            folder = f'{number:03d}'
            os.makedirs(os.path.join(options.folder, folder), exist_ok=True)
            n = int(r.integers(FRAMES[0], FRAMES[1] + 1))
            widths = np.exp(np.linspace(math.log(r.uniform(*FIRST_WIDTH)), math.log(r.uniform(*LAST_WIDTH)), n))
            start = np.array([WIDTH, HEIGHT]) * r.uniform(.35, .65, 2)
            end = np.array([WIDTH, HEIGHT]) * r.uniform(.25, .75, 2)
            frames = []
            for i, width in enumerate(widths):
                image, corners = frame_of(scenes, street, around, quad, width, start + (end - start) * i / max(1, n - 1))
                if light.random() < .3:
                    shadow(light, image, (.2, .6))
                image = encode(light, expose(light, image, scenes.textures, night=night_share))
                name = f'{folder}/{i:02d}.jpg'
                cv2.imwrite(os.path.join(options.folder, name), image[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 88])
                frames.append({'image': name, 'corners': np.round(corners, 1).tolist()})
            labels.write(json.dumps({
                'pass': number, 'plate': text, 'state': scenes.plates.codes[state] if state < UNKNOWN else None,
                'frames': frames}) + '\n')


if __name__ == '__main__':
    main()
