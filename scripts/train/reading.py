"""Runs the two exported models on a photo: find plates, cut them out, read them."""
import math

import cv2
import numpy as np
import onnxruntime

from camera import MARGIN_X, MARGIN_Y, grown, rectified
from fonts import ALPHABET

LONG_SIDE = 640
PLATE_MIN = .12
PLATES_MAX = 6
OVERLAP_MAX = .3
BEAM = 12
CANDIDATES = 10


def session(path):
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(path, options, providers=['CPUExecutionProvider'])


def overlap(a, b):
    (ax0, ay0), (ax1, ay1), (bx0, by0), (bx1, by1) = a.min(0), a.max(0), b.min(0), b.max(0)
    w, h = min(ax1, bx1) - max(ax0, bx0), min(ay1, by1) - max(ay0, by0)
    if w <= 0 or h <= 0:
        return 0.
    return w * h / ((ax1 - ax0) * (ay1 - ay0) + (bx1 - bx0) * (by1 - by0) - w * h)


def boxes(detector, image, scale, best):
    """(score, quad in pixels of `image` / `scale`), best first, overlapping ones left out."""
    ph, pw = -image.shape[0] % 32, -image.shape[1] % 32
    padded = cv2.copyMakeBorder(image, 0, ph, 0, pw, cv2.BORDER_CONSTANT, value=(114, 114, 114))
    plate, corners = detector.run(None, {'image': padded.transpose(2, 0, 1)[None].astype(np.float32)})
    ys, xs = np.where(plate[0, 0] > PLATE_MIN)
    scores = plate[0, 0, ys, xs]
    kept = []
    for i in np.argsort(-scores):
        centre = (np.array([xs[i], ys[i]]) + .5) * 8
        quad = (corners[0, :, ys[i], xs[i]].reshape(4, 2) + centre) / scale
        if all(overlap(quad, other) < OVERLAP_MAX for _, other in kept):
            kept.append((float(scores[i]), quad))
        if len(kept) == best:
            break
    return kept


def find(detector, image, long_side=LONG_SIDE, second_look=True):
    """(score, quad in pixels of the photo), best first; each is looked at again, closer, which places the corners."""
    h, w = image.shape[:2]
    k = min(1., long_side / max(h, w))
    small = cv2.resize(image, (max(8, round(w * k)), max(8, round(h * k))), interpolation=cv2.INTER_AREA)
    first = boxes(detector, small, k, PLATES_MAX)
    if not second_look:
        return first
    looks = [closer(detector, image, score, quad) for score, quad in first]
    kept = []
    for score, quad in sorted(looks, key=lambda look: -look[0]):
        if all(overlap(quad, other) < OVERLAP_MAX for _, other in kept):
            kept.append((score, quad))
    return kept


LOOK_W, LOOK_H, LOOK_PLATE = 192, 128, 88


def closer(detector, image, score, quad):
    """The same plate in a window of 192 x 128 in which it is about 88 pixels wide."""
    (x0, y0), (x1, y1) = quad.min(0), quad.max(0)
    k = LOOK_PLATE / max(x1 - x0, (y1 - y0) * 1.6, 8)
    left, top = (x0 + x1) / 2 - LOOK_W / 2 / k, (y0 + y1) / 2 - LOOK_H / 2 / k
    if k < .7:
        soft = cv2.resize(image, None, fx=k, fy=k, interpolation=cv2.INTER_AREA)
        m = np.array([[1, 0, -left * k], [0, 1, -top * k]])
    else:
        soft, m = image, np.array([[k, 0, -left * k], [0, k, -top * k]])
    window = cv2.warpAffine(soft, m, (LOOK_W, LOOK_H), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    middle = np.array([LOOK_W / 2, LOOK_H / 2])
    near = [(s, q) for s, q in boxes(detector, window, 1., 3) if np.abs(q.mean(0) - middle).max() < LOOK_PLATE * .5]
    if not near:
        return score * .3, quad
    s, q = near[0]
    return math.sqrt(score * s), q / k + [left, top]


def beam_search(log_p, width=BEAM, best=CANDIDATES):
    """The most probable texts of one CTC output (columns x 36 log probabilities), with their log probabilities."""
    beams = {(): (0., -np.inf)}
    for column in log_p:
        likely = np.where(column > -7)[0]
        grown_beams = {}

        def add(text, blank, last):
            old = grown_beams.get(text, (-np.inf, -np.inf))
            grown_beams[text] = (np.logaddexp(old[0], blank), np.logaddexp(old[1], last))
        for text, (blank, last) in beams.items():
            total = np.logaddexp(blank, last)
            add(text, total + column[0], -np.inf)
            if text:
                add(text, -np.inf, last + column[text[-1]])
            for c in likely:
                if c:
                    add(text + (c,), -np.inf, (blank if text and c == text[-1] else total) + column[c])
        beams = dict(sorted(grown_beams.items(), key=lambda b: -np.logaddexp(*b[1]))[:width])
    return [(''.join(ALPHABET[c - 1] for c in text), float(np.logaddexp(*p))) for text, p in beams.items()][:best]


CROPS = ((MARGIN_X, MARGIN_Y), (.015, .02), (.07, .14))


def read(recogniser, image, quad, crops=1):
    """
    [(text, probability)], best first, and the state's log probabilities. More than one crop, with narrower and wider
    margins, are read in one batch, and a text's probability is the mean.
    """
    inputs = [rectified(image, grown(quad, x, y, x, y)) for x, y in CROPS[:crops]]
    characters, state = recogniser.run(None, {'image': np.stack(inputs).transpose(0, 3, 1, 2).astype(np.float32)})
    mean = {}
    for columns in characters:
        for text, p in beam_search(columns):
            mean[text] = mean.get(text, 0.) + float(np.exp(p)) / len(inputs)
    return sorted(mean.items(), key=lambda c: -c[1])[:CANDIDATES], np.log(np.exp(state).mean(0))
