"""How probable a serial's shape is, by the states' formats, to settle look-alikes among candidate readings."""
import itertools
import json
import math
import os

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
FORMATS = os.path.join(HERE, '..', '..', 'reader', 'plates', 'us-formats.json')
UNLISTED = .02  # personal plates and series that the table lacks
HEAD_SHARE = .6  # how far the state that the recogniser sees is believed, against how many cars a state has
STRENGTH = .8


class Formats:
    def __init__(self, path=FORMATS):
        with open(path, encoding='utf8') as f:
            table = json.load(f)
        codes = sorted(table)
        self.cars = np.array([table[c]['weight'] for c in codes], float)
        self.cars /= self.cars.sum()
        self.patterns = [{s['pattern']: s['weight'] for s in table[c]['serials']} for c in codes]

    def weight(self, text, states):
        """A ratio between UNLISTED and 1 for a text and the 52 probabilities of the issuing state."""
        believed = HEAD_SHARE * states[:51] + (1 - HEAD_SHARE * states[:51].sum()) * self.cars
        shapes = {''.join(s) for s in itertools.product(*[('9', 'A') if c == '0' else ('9',) if c.isdigit() else ('A',)
                                                          for c in text])} if 3 < len(text) < 9 else set()
        listed = max((sum(b * p.get(s, 0) for b, p in zip(believed, self.patterns)) for s in shapes), default=0.)
        return UNLISTED + (1 - UNLISTED) * min(1., listed * 4)

    def ranked(self, candidates, states):
        """Candidates in the order of probability times the weight of their shape; probabilities again add up as before."""
        scored = [(t, p * math.pow(self.weight(t, states), STRENGTH)) for t, p in candidates]
        total, before = sum(p for _, p in scored), sum(p for _, p in candidates)
        return sorted(((t, p / total * before) for t, p in scored), key=lambda c: -c[1]) if total > 0 else candidates
