"""Trains the detector on street scenes rendered while it trains."""
import os

import cv2
import numpy as np
import torch
from torch.nn import functional

from networks import Detector
from scenes import Scenes
from training import Run, arguments

SIZE = 256
PLATE_WIDTHS = (13, 165)
STRIDE = 8
SHELF = 256
CORNER_WEIGHT = .6


def targets(quads):
    """Per cell: is it a plate's centre, is it inside a plate but not its centre (ignored), the corners' offsets."""
    grid = SIZE // STRIDE
    centres = (np.arange(grid) + .5) * STRIDE
    hit, ignored = np.zeros((grid, grid), np.float32), np.zeros((grid, grid), np.float32)
    corners, size = np.zeros((8, grid, grid), np.float32), np.ones((grid, grid), np.float32)
    for quad in quads:
        (x0, y0), (x1, y1) = quad.min(0), quad.max(0)
        cx, cy = quad.mean(0)
        inside = np.ix_((centres > y0) & (centres < y1), (centres > x0) & (centres < x1))
        ignored[inside] = 1
        across = np.abs(centres - cx) < max(STRIDE * .51, (x1 - x0) * .17)
        down = np.abs(centres - cy) < max(STRIDE * .51, (y1 - y0) * .17)
        for j in np.where(down)[0]:
            for i in np.where(across)[0]:
                hit[j, i], size[j, i] = 1, x1 - x0
                corners[:, j, i] = (quad - [centres[i], centres[j]]).reshape(-1) / STRIDE
    return hit, ignored * (1 - hit), corners, size


class Streets(torch.utils.data.IterableDataset):
    """Batches of scenes. A drawn scene is shown twice, the second time mirrored and in other light."""

    def __init__(self, seed, batch):
        self.seed, self.batch = seed, batch

    def __iter__(self):
        cv2.setNumThreads(1)
        worker = torch.utils.data.get_worker_info()
        scenes = Scenes(self.seed * 1000 + 300 + (worker.id if worker else 0), SIZE)
        r, shelf = scenes.rng, []
        while True:
            batch = []
            while len(batch) < self.batch:
                if len(shelf) < SHELF or r.random() < .5:
                    image, found = scenes.scene(plate_widths=PLATE_WIDTHS)
                    shown = image, [quad for quad, _, _ in found]
                    shelf.append(shown)
                    del shelf[:-SHELF]
                else:
                    shown = self.again(r, *shelf.pop(int(r.integers(len(shelf)))))
                batch.append(shown)
            maps = [targets(quads) for _, quads in batch]
            yield (torch.from_numpy(np.stack([image for image, _ in batch])).permute(0, 3, 1, 2),
                   *(torch.from_numpy(np.stack(m)) for m in zip(*maps)))

    @staticmethod
    def again(r, image, quads):
        image = np.clip(image.astype(np.float32) * r.uniform(.5, 1.4) + r.uniform(-30, 30), 0, 255).astype(np.uint8)
        if r.random() < .5:
            image = image[:, :, ::-1]
        mirrored = [(quad * [-1, 1] + [SIZE - 1, 0])[[1, 0, 3, 2]] for quad in quads]
        return np.ascontiguousarray(image[:, ::-1]), mirrored


def loss_of(network, batch):
    images, hit, ignored, corners, size = batch
    x = (images.float() / 127.5 - 1).contiguous(memory_format=torch.channels_last)
    with torch.autocast('cpu', dtype=torch.bfloat16):
        y = network(x)
    y = y.float()
    p = torch.sigmoid(y[:, 0])
    positives = hit.sum().clamp(min=1)
    focal = -(hit * (1 - p) ** 2 * torch.log(p + 1e-6) * .75
              + (1 - hit) * (1 - ignored) * p ** 2 * torch.log(1 - p + 1e-6) * .25).sum() / positives * 2
    at = hit > 0
    if not at.any():
        return {'plate': focal, 'corners': y[:, 1:].sum() * 0}
    predicted, true = y[:, 1:].permute(0, 2, 3, 1)[at], corners.permute(0, 2, 3, 1)[at]
    relative = (size[at] / STRIDE)[:, None]  # an error counts as a share of the plate's width
    return {'plate': focal,
            'corners': CORNER_WEIGHT * functional.smooth_l1_loss(predicted / relative, true / relative, beta=.03) * 8}


if __name__ == '__main__':
    options = arguments(__doc__, steps=9000, batch=16, rate=1.5e-3)
    streets = torch.utils.data.DataLoader(Streets(options.seed, options.batch), batch_size=None,
                                          num_workers=options.workers, prefetch_factor=8)
    Run(options, Detector(), streets, loss_of).train()
    os._exit(0)  # the rendering processes never end by themselves
