"""
Renders passes: the frames of a camera that a car drives towards. FOLDER/NNN/FF.jpg, and FOLDER/passes.jsonl, one line a
pass: its number, the plate, the issuing state or null, and each frame's file and corners of the plate.

Every frame has its own shake, angle, blur, glint, exposure, noise and compression, and sometimes a pole or a wiper
before it; the plate, its dirt and its frame stay, so what they hide is hidden in every frame.
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
HIDDEN_SHARE, GLINT_SHARE, SHAKEN_SHARE = .15, .2, .3


def street_of(scenes):
    while True:
        image, found = scenes.street(STREET_W, STREET_H, PLATE_IN_STREET, count=1)
        if len(found) == 1:
            return image, found[0]


def frame_of(scenes, street, around, quad, width, aim):
    """The street as a frame, within its surroundings, in which the plate is `width` wide and its middle at `aim`."""
    r = scenes.rng
    k = width / np.linalg.norm(quad[1] - quad[0])
    small = cv2.resize(street, None, fx=k, fy=k, interpolation=cv2.INTER_AREA)
    m = view(r, quad.mean(0) * k, aim + r.normal(0, 2.5, 2), width)
    inside = cv2.warpPerspective(np.ones(small.shape[:2], np.float32), m, (WIDTH, HEIGHT))[..., None]
    image = around * (1 - inside) + cv2.warpPerspective(small, m, (WIDTH, HEIGHT), flags=cv2.INTER_LINEAR)
    corners = cv2.perspectiveTransform((quad * k)[None].astype(np.float32), m)[0]
    if r.random() < HIDDEN_SHARE:
        hide(r, image, corners, width)
    if r.random() < GLINT_SHARE:
        glint(r, image, corners, width)
    if r.random() < .9:
        image = cv2.GaussianBlur(image, (0, 0), r.uniform(.3, 1.5) * max(.6, width / 90))
    return moved(r, image, width), corners


def view(r, centre, aim, width):
    """The plate's middle comes to `aim`, seen from an angle of its own: turned, sheared, foreshortened."""
    a = math.radians(r.normal(0, 1.2))
    turn = np.array([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]])
    turn = turn @ np.array([[r.uniform(.82, 1), r.normal(0, .04)], [r.normal(0, .05), r.uniform(.92, 1)]])
    to_centre, tilt, back = np.eye(3), np.eye(3), np.eye(3)
    to_centre[:2, 2] = -centre
    tilt[2, :2] = r.normal(0, .06, 2) / width
    back[:2, :2], back[:2, 2] = turn, aim
    return back @ tilt @ to_centre


def hide(r, image, corners, width):
    """A pole, a wiper or a leaf before part of the plate."""
    at = corners[0] + (corners[1] - corners[0]) * r.uniform(0, 1)
    reach = width * r.uniform(.4, 2)
    lean = r.normal(0, .25) * reach
    ends = [(int(at[0] - lean), int(at[1] - reach)), (int(at[0] + lean), int(at[1] + reach))]
    cv2.line(image, *ends, (np.full(3, r.uniform(10, 170)) + r.normal(0, 12, 3)).tolist(),
             max(1, int(width * r.uniform(.04, .14))), cv2.LINE_AA)


def glint(r, image, corners, width):
    """The sun or a headlight on part of the plate."""
    spot = np.zeros((HEIGHT, WIDTH), np.float32)
    at = corners[0] + (corners[2] - corners[0]) * r.uniform(0, 1, 2)
    axes = (max(2, int(width * r.uniform(.08, .25))), max(2, int(width * r.uniform(.05, .2))))
    cv2.ellipse(spot, (int(at[0]), int(at[1])), axes, float(r.uniform(0, 180)), 0, 360, 1., -1)
    spot = cv2.GaussianBlur(spot, (0, 0), max(1., width * r.uniform(.04, .12)))[..., None]
    image += spot * r.uniform(.5, 1) * (252 - image)


def moved(r, image, width):
    """The car moved while the shutter was open: a little in most frames, much in some."""
    length = int(abs(r.normal(0, width / 22)) * (2.2 if r.random() < SHAKEN_SHARE else 1))
    if length < 2:
        return image
    kernel = np.zeros((length, length), np.float32)
    if r.random() < .5:
        kernel[:, length // 2] = 1. / length
    else:
        np.fill_diagonal(kernel, 1. / length)
    return cv2.filter2D(image, -1, kernel)


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
            still = f'{folder}/still.jpg'
            cv2.imwrite(os.path.join(options.folder, still), np.clip(street, 0, 255)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 92])
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
                'still': {'image': still, 'corners': np.round(quad, 1).tolist()}, 'frames': frames}) + '\n')


if __name__ == '__main__':
    main()
