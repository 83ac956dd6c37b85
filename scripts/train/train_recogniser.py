"""Trains the recogniser on plates rendered while it trains."""
import os

import cv2
import numpy as np
import torch
from torch.nn import functional

from camera import Camera
from fonts import ALPHABET
from networks import STEPS, Recogniser, normalised
from plates import Plates
from training import Run, arguments

SHOTS_PER_PLATE = 3
PLATES_AT_HAND = 600


class Shots(torch.utils.data.IterableDataset):
    """Batches of crops; a plate is photographed three times, far apart, which saves most of the cost of drawing it."""

    def __init__(self, seed, batch):
        self.seed, self.batch = seed, batch

    def __iter__(self):
        cv2.setNumThreads(1)
        worker = torch.utils.data.get_worker_info()
        seed = self.seed * 1000 + (worker.id if worker else 0)
        plates, camera = Plates(seed), Camera(seed + 500)
        shelf = [plates.plate() for _ in range(PLATES_AT_HAND)]
        while True:
            chosen = []
            for i in range(self.batch):
                at = int(camera.rng.integers(PLATES_AT_HAND))
                if i % SHOTS_PER_PLATE == 0:
                    shelf[at] = plates.plate()
                chosen.append(shelf[at])
            shots = [camera.shoot(plate, centres) for plate, _, _, centres in chosen]
            texts = [[ALPHABET.index(c) + 1 for c in text] for _, text, _, _ in chosen]
            columns = np.zeros((self.batch, STEPS), np.int64)
            for i, (text, (_, places)) in enumerate(zip(texts, shots)):
                for code, (x, _) in zip(text, places):
                    columns[i, int(np.clip(x / 4, 0, STEPS - 1))] = code
            yield (torch.from_numpy(np.stack([image for image, _ in shots])).permute(0, 3, 1, 2),
                   torch.tensor(sum(texts, [])), torch.tensor([len(t) for t in texts]),
                   torch.tensor([state for _, _, state, _ in chosen]), torch.from_numpy(columns))


BLANK_WEIGHT = .25


def loss_of(network, batch):
    """
    Reading without positions (CTC), which alone defines the result, helped by the rendered positions: each character
    is pulled to the column of its centre, which makes the first hour of training far shorter.
    """
    images, texts, lengths, states, columns = batch
    x = normalised(images.float()).contiguous(memory_format=torch.channels_last)
    with torch.autocast('cpu', dtype=torch.bfloat16):
        characters, state = network(x)
    characters = characters.float()
    steps = torch.full((len(x),), STEPS, dtype=torch.long)
    log_p = characters.log_softmax(2).permute(1, 0, 2)
    weights = torch.ones(characters.shape[2])
    weights[0] = BLANK_WEIGHT
    return {'reading': functional.ctc_loss(log_p, texts, steps, lengths, zero_infinity=True),
            'place': functional.cross_entropy(characters.reshape(-1, characters.shape[2]), columns.reshape(-1), weights),
            'state': .1 * functional.cross_entropy(state.float(), states, label_smoothing=.02)}


if __name__ == '__main__':
    options = arguments(__doc__, steps=9000, batch=64, rate=2e-3)
    shots = torch.utils.data.DataLoader(Shots(options.seed, options.batch), batch_size=None,
                                        num_workers=options.workers, **({'prefetch_factor': 8} if options.workers else {}))
    Run(options, Recogniser(), shots, loss_of).train()
    os._exit(0)  # the rendering processes never end by themselves
