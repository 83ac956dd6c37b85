"""
Character shapes for rendered plates: outline fonts whose licence allows it, and stroke fonts drawn here.

Every shape is a grey mask (255 = ink) of one height, 80 pixels, trimmed to the ink. The letter O is the digit 0: the
two look the same on plates, and a plate's serial format tells which one it is.
"""
import glob
import json
import math
import os

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

HERE = os.path.dirname(os.path.abspath(__file__))
ALPHABET = '0123456789ABCDEFGHIJKLMNPQRSTUVWXYZ'
HEIGHT = 80
ROUND = True


def _skeletons():
    """Per character a list of drawings; a drawing is a list of (closed, points); a point may be rounded."""
    r = ROUND
    box = (True, [(0, 0, r), (1, 0, r), (1, 1, r), (0, 1, r)])
    six_hook = [(False, [(1, .2), (1, 0, r), (0, 0, r), (0, 1, r), (1, 1, r), (1, .45, r), (0, .45, r), (0, .68)])]
    six_slant = [(False, [(.8, 0), (0, .52, r), (0, 1, r), (1, 1, r), (1, .44, r), (.06, .44)])]
    six_ring = [(False, [(.95, .05), (.4, 0, r), (0, .1, r), (0, .75)]),
                (True, [(0, .44, r), (1, .44, r), (1, 1, r), (0, 1, r)])]
    turned = lambda drawing: [(c, [(1 - p[0], 1 - p[1]) + tuple(p[2:]) for p in pts]) for c, pts in drawing]
    bowl = [(0, 1), (0, 0), (1, 0, r), (1, .53, r), (0, .53)]
    g = {
        '0': [[box]],
        '1': [[(False, [(.12, .24), (.52, 0), (.52, 1)])],
              [(False, [(.12, .2), (.52, 0), (.52, 1)]), (False, [(.08, 1), (.94, 1)])],
              [(False, [(.3, .13), (.54, 0), (.54, 1)]), (False, [(.2, 1), (.88, 1)])],
              [(False, [(.5, 0), (.5, 1)])]],
        '2': [[(False, [(0, .26), (0, 0, r), (1, 0, r), (1, .46, r), (0, .74, r), (0, 1), (1, 1)])],
              [(False, [(0, .24), (0, 0, r), (1, 0, r), (1, .38, r), (0, 1), (1, 1)])],
              [(False, [(.02, .3), (.1, 0, r), (.95, 0, r), (1, .45, r), (.1, .8, r), (0, 1), (1, 1), (1, .9)])]],
        '3': [[(False, [(0, .24), (0, 0, r), (1, 0, r), (1, .48, r), (.36, .48)]),
               (False, [(.36, .48), (1, .48, r), (1, 1, r), (0, 1, r), (0, .77)])],
              [(False, [(0, 0), (1, 0), (.42, .41), (1, .45, r), (1, 1, r), (0, 1, r), (0, .8)])]],
        '4': [[(False, [(.76, 1), (.76, 0), (0, .68), (1, .68)])],
              [(False, [(.38, 0), (0, .66), (1, .66)]), (False, [(.76, .36), (.76, 1)])],
              [(False, [(.7, 1), (.7, 0), (.6, 0), (0, .62), (0, .74), (1, .74)])],
              [(False, [(.22, 0), (0, .62), (1, .62)]), (False, [(.74, .24), (.74, 1)])],
              [(False, [(.06, 0), (0, .58), (1, .58)]), (False, [(.78, .1), (.78, 1)])]],
        '5': [[(False, [(1, 0), (.08, 0), (.04, .45), (1, .37, r), (1, 1, r), (0, 1, r), (0, .77)])],
              [(False, [(1, 0), (0, 0), (0, .45), (1, .45, r), (1, 1, r), (0, 1, r), (0, .8)])]],
        '6': [six_hook, six_slant, six_ring],
        '7': [[(False, [(0, 0), (1, 0), (.34, 1)])],
              [(False, [(0, .14), (0, 0), (1, 0), (.42, .56), (.4, 1)])],
              [(False, [(0, 0), (1, 0), (1, .1), (.3, 1)])]],
        '8': [[(True, [(.05, 0, r), (.95, 0, r), (.95, .48, r), (.05, .48, r)]),
               (True, [(0, .48, r), (1, .48, r), (1, 1, r), (0, 1, r)])],
              [(True, [(0, 0, r), (1, 0, r), (1, .46, r), (0, .54, r), (0, 1, r), (1, 1, r), (1, .54, r), (0, .46, r)])]],
        '9': [turned(six_hook), turned(six_slant), turned(six_ring)],
        'A': [[(False, [(0, 1), (.5, 0), (1, 1)]), (False, [(.17, .68), (.83, .68)])],
              [(False, [(0, 1), (.37, 0), (.63, 0), (1, 1)]), (False, [(.15, .66), (.85, .66)])],
              [(False, [(0, 1), (0, 0, r), (1, 0, r), (1, 1)]), (False, [(0, .56), (1, .56)])],
              [(False, [(0, 1), (0, .3), (.35, 0), (.65, 0), (1, .3), (1, 1)]), (False, [(0, .62), (1, .62)])]],
        'B': [[(True, [(0, 0), (.94, 0, r), (.94, .48, r), (0, .48)]),
               (True, [(0, .48), (1, .48, r), (1, 1, r), (0, 1)])]],
        'C': [[(False, [(1, .27), (1, 0, r), (0, 0, r), (0, 1, r), (1, 1, r), (1, .73)])]],
        'D': [[(True, [(0, 0), (1, 0, r), (1, 1, r), (0, 1)])],
              [(True, [(0, 0), (.7, 0), (1, .22), (1, .78), (.7, 1), (0, 1)])]],
        'E': [[(False, [(1, 0), (0, 0), (0, 1), (1, 1)]), (False, [(0, .48), (.8, .48)])]],
        'F': [[(False, [(1, 0), (0, 0), (0, 1)]), (False, [(0, .49), (.8, .49)])]],
        'G': [[(False, [(1, .26), (1, 0, r), (0, 0, r), (0, 1, r), (1, 1, r), (1, .55), (.55, .55)])],
              [(False, [(1, .26), (1, 0, r), (0, 0, r), (0, 1, r), (1, 1), (1, .58), (.6, .58)])]],
        'H': [[(False, [(0, 0), (0, 1)]), (False, [(1, 0), (1, 1)]), (False, [(0, .48), (1, .48)])]],
        'I': [[(False, [(.5, 0), (.5, 1)])],
              [(False, [(.5, 0), (.5, 1)]), (False, [(.12, 0), (.88, 0)]), (False, [(.12, 1), (.88, 1)])]],
        'J': [[(False, [(1, 0), (1, 1, r), (0, 1, r), (0, .7)])],
              [(False, [(.45, 0), (1, 0), (1, 1, r), (0, 1, r), (0, .7)])]],
        'K': [[(False, [(0, 0), (0, 1)]), (False, [(1, 0), (0, .62)]), (False, [(.32, .42), (1, 1)])],
              [(False, [(0, 0), (0, 1)]), (False, [(1, 0), (.05, .5), (1, 1)])]],
        'L': [[(False, [(0, 0), (0, 1), (1, 1)])]],
        'M': [[(False, [(0, 1), (0, 0), (.5, .6), (1, 0), (1, 1)])],
              [(False, [(0, 1), (0, 0), (.5, .96), (1, 0), (1, 1)])],
              [(False, [(0, 1), (.08, 0), (.5, .7), (.92, 0), (1, 1)])],
              [(False, [(0, 1), (0, 0), (.5, .38), (1, 0), (1, 1)])]],
        'N': [[(False, [(0, 1), (0, 0), (1, 1), (1, 0)])]],
        'P': [[(False, bowl)]],
        'Q': [[box, (False, [(.55, .72), (1.02, 1.04)])], [box, (False, [(.5, .62), (.9, .95)])]],
        'R': [[(False, bowl), (False, [(.5, .53), (1, 1)])],
              [(False, bowl), (False, [(.5, .53), (1, .66, r), (1, 1)])]],
        'S': [[(False, [(1, .25), (1, 0, r), (0, 0, r), (0, .48, r), (1, .48, r), (1, 1, r), (0, 1, r), (0, .75)])],
              [(False, [(1, .22), (1, 0, r), (0, 0, r), (0, .42, r), (1, .57, r), (1, 1, r), (0, 1, r), (0, .78)])]],
        'T': [[(False, [(0, 0), (1, 0)]), (False, [(.5, 0), (.5, 1)])]],
        'U': [[(False, [(0, 0), (0, 1, r), (1, 1, r), (1, 0)])]],
        'V': [[(False, [(0, 0), (.5, 1), (1, 0)])], [(False, [(0, 0), (0, .4), (.42, 1), (.58, 1), (1, .4), (1, 0)])]],
        'W': [[(False, [(0, 0), (.22, 1), (.5, .35), (.78, 1), (1, 0)])],
              [(False, [(0, 0), (0, 1), (.5, .4), (1, 1), (1, 0)])],
              [(False, [(0, 0), (.24, 1), (.5, 0), (.76, 1), (1, 0)])],
              [(False, [(0, 0), (.06, 1), (.5, .55), (.94, 1), (1, 0)])]],
        'X': [[(False, [(0, 0), (1, 1)]), (False, [(1, 0), (0, 1)])]],
        'Y': [[(False, [(0, 0), (.5, .5), (1, 0)]), (False, [(.5, .5), (.5, 1)])]],
        'Z': [[(False, [(0, 0), (1, 0), (0, 1), (1, 1)])]],
    }
    return g


SKELETONS = _skeletons()


def _rounded(points, closed, width, height, radius):
    pts = [(p[0] * width, p[1] * height, len(p) > 2) for p in points]
    n, out = len(pts), []
    for i, (x, y, is_round) in enumerate(pts):
        if not is_round or (not closed and i in (0, n - 1)):
            out.append((x, y))
            continue
        (ax, ay, _), (bx, by, _) = pts[i - 1], pts[(i + 1) % n]
        da, db = max(math.hypot(ax - x, ay - y), 1e-6), max(math.hypot(bx - x, by - y), 1e-6)
        ra, rb = min(radius, da / 2), min(radius, db / 2)
        p0 = (x + (ax - x) / da * ra, y + (ay - y) / da * ra)
        p2 = (x + (bx - x) / db * rb, y + (by - y) / db * rb)
        for t in np.linspace(0, 1, 7):
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            out.append((a * p0[0] + b * x + c * p2[0], a * p0[1] + b * y + c * p2[1]))
    return np.array(out, np.float32)


def trimmed(mask):
    ys, xs = np.where(mask > 40)
    return mask[ys.min():ys.max() + 1, xs.min():xs.max() + 1]


def stroke_font(rng):
    """One random stroke font: proportions, stroke width, corner radius and drawing of each character."""
    aspect = rng.uniform(.40, .62)
    thick = rng.uniform(.10, .175) * HEIGHT
    radius = rng.uniform(.15, .5) * aspect * HEIGHT
    wide = rng.uniform(1.0, 1.22)
    narrow = rng.uniform(.4, .9)
    font = {}
    for c in ALPHABET:
        w = max(4.0, aspect * HEIGHT - thick)
        if c == 'I' or c == '1' and rng.random() < .5:
            w *= narrow
        if c in 'MW':
            w *= wide
        h = HEIGHT - thick
        drawing = SKELETONS[c][rng.integers(len(SKELETONS[c]))]
        mask = np.zeros((HEIGHT + 4, int(w + thick + 8)), np.uint8)
        for closed, points in drawing:
            q = _rounded(points, closed, w, h, radius) + thick / 2 + 2
            cv2.polylines(mask, [np.round(q * 16).astype(np.int32)], closed, 255, int(round(thick)), cv2.LINE_AA, 4)
        mask = trimmed(mask)
        font[c] = cv2.resize(mask, (mask.shape[1], HEIGHT), interpolation=cv2.INTER_AREA)
    return font


def outline_font(path, size=90):
    face = ImageFont.truetype(path, size)
    masks = {}
    for c in ALPHABET:
        image = Image.new('L', (size * 2, size * 2), 0)
        ImageDraw.Draw(image).text((size // 2, size // 3), c, font=face, fill=255)
        masks[c] = trimmed(np.array(image))
    scale = HEIGHT / float(np.median([masks[c].shape[0] for c in 'H0E8']))
    return {c: cv2.resize(m, (max(4, int(m.shape[1] * scale)), HEIGHT), interpolation=cv2.INTER_AREA)
            for c, m in masks.items()}


def font_paths(use):
    """Installed files of the fonts listed for a use (`serial` or `words`); the folder of web fonts is FONT_DIR."""
    roots = {'debian': '/usr/share/fonts', 'npm': os.environ.get('FONT_DIR', 'node_modules/@fontsource')}
    with open(os.path.join(HERE, 'fonts.json'), encoding='utf8') as f:
        entries = json.load(f)
    return sorted(p for e in entries if e['use'] == use for p in glob.glob(os.path.join(roots[e['from']], e['files'])))


def word_mask(text, face):
    left, top, right, bottom = face.getbbox(text)
    image = Image.new('L', (right + 6, bottom + 6), 0)
    ImageDraw.Draw(image).text((2, 2), text, font=face, fill=255)
    return trimmed(np.array(image))
