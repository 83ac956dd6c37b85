"""
Scores the exported models on a folder of labelled photos: one tab separated line a photo in NAME.txt, `image x y width
height plate`. A read counts as at the plate if its box overlaps the label by at least a fifth or its centre lies in it;
0 and O are the same. The product's own bench decides; this one shows progress while training.
"""
import argparse
import glob
import json
import os
import time

import cv2
import numpy as np

import reading
from formats import Formats

HERE = os.path.dirname(os.path.abspath(__file__))
MODELS = os.path.join(HERE, '..', '..', 'reader', 'models')


def labels(folder):
    for path in sorted(glob.glob(os.path.join(folder, '*.txt'))):
        with open(path, encoding='utf8') as f:
            fields = f.read().strip().split('\t')
        if len(fields) == 6:
            x, y, w, h = map(float, fields[1:5])
            yield fields[0], np.array([[x, y], [x + w, y], [x + w, y + h], [x, y + h]]), fields[5].replace('O', '0')


def at_label(quad, label):
    (x, y), (x0, y0), (x1, y1) = (quad.min(0) + quad.max(0)) / 2, label.min(0), label.max(0)
    return x0 <= x <= x1 and y0 <= y <= y1 or reading.overlap(quad, label) >= .2


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('folder')
    parser.add_argument('--detector', default=os.path.join(MODELS, 'plate-detector.onnx'))
    parser.add_argument('--recogniser', default=os.path.join(MODELS, 'plate-recogniser.onnx'))
    parser.add_argument('--boxes', choices=['found', 'labelled'], default='found', help='labelled: the recogniser alone')
    parser.add_argument('--long-side', type=int, default=reading.LONG_SIDE)
    parser.add_argument('--formats', action='store_true', help='rank candidates by the serial formats as well')
    parser.add_argument('--crops', type=int, default=1, help='1 to 3 crops of each plate, read together')
    parser.add_argument('--misses', action='store_true')
    options = parser.parse_args()
    cv2.setNumThreads(1)
    detector, recogniser = reading.session(options.detector), reading.session(options.recogniser)
    formats = Formats() if options.formats else None
    rows, times, extra = [], [], 0
    for name, label, truth in labels(options.folder):
        image = cv2.imread(os.path.join(options.folder, name))[..., ::-1]
        start = time.perf_counter()
        quads = [(1., label)] if options.boxes == 'labelled' else reading.find(detector, image, options.long_side)
        reads = []
        for score, quad in quads:
            candidates, state = reading.read(recogniser, image, quad, options.crops)
            reads.append((score, quad, formats.ranked(candidates, np.exp(state)) if formats else candidates))
        times.append(1000 * (time.perf_counter() - start))
        there = [r for r in reads if at_label(r[1], label)]
        extra += len(reads) - len(there)
        best = max(there, key=lambda r: r[0] ** .5 * r[2][0][1], default=None)
        texts = [text for text, _ in best[2]] if best else []
        rows.append((bool(best), texts[:1] == [truth], truth in texts, best[2][0][1] if best else 0.))
        if options.misses and texts[:1] != [truth]:
            print(name, truth, [(t, round(p, 2)) for t, p in best[2][:3]] if best else None, round(best[0], 2) if best else '')
    n = len(rows)
    ranked = sorted(rows, key=lambda r: -r[3])[:int(np.ceil(.85 * n))]
    print(json.dumps({
        'photos': n, 'located': sum(r[0] for r in rows), 'exact': sum(r[1] for r in rows),
        'exact_percent': round(100 * sum(r[1] for r in rows) / n, 1),
        'in_ten_percent': round(100 * sum(r[2] for r in rows) / n, 1),
        'wrong_among_best_85_percent': round(100 * sum(not r[1] for r in ranked) / n, 1),
        'elsewhere_per_photo': round(extra / n, 2), 'median_ms': round(float(np.median(times)), 1)}))


if __name__ == '__main__':
    main()
