"""Surfaces drawn by chance: paint, asphalt, brick, foliage, glass, lamps, grilles. Also banks of sensor noise."""
import cv2
import numpy as np


class Textures:
    def __init__(self, seed, count=160, size=320):
        self.rng = np.random.default_rng(seed)
        self.size = size
        self.bank = [self._draw() for _ in range(count)]
        self._fine = self.rng.normal(0, 1, (768, 768, 3)).astype(np.float32)
        coarse = cv2.GaussianBlur(self._fine, (0, 0), .9)
        self._coarse = coarse / coarse.std()

    def noise(self, h, w, coarse=False):
        bank = self._coarse if coarse else self._fine
        side = bank.shape[0]
        y, x = self.rng.integers(0, max(1, side + 1 - h)), self.rng.integers(0, max(1, side + 1 - w))
        if h > side or w > side:
            bank = np.tile(bank, (-(-h // side), -(-w // side), 1))
        return bank[y:y + h, x:x + w]

    def patch(self, w, h):
        """A float RGB piece of one surface, at a random scale and turn."""
        r = self.rng
        surface = self.bank[r.integers(len(self.bank))]
        k = r.uniform(.35, 1)
        pw, ph = max(2, min(self.size, int(w * k))), max(2, min(self.size, int(h * k)))
        x, y = r.integers(0, self.size - pw + 1), r.integers(0, self.size - ph + 1)
        piece = cv2.resize(surface[y:y + ph, x:x + pw], (w, h), interpolation=cv2.INTER_LINEAR).astype(np.float32)
        return piece * np.float32(r.uniform(.5, 1.2))

    def colour(self):
        """Grey shades mostly, as cars and streets are; some strong colours."""
        r = self.rng
        if r.random() < .65:
            return np.clip(r.uniform(5, 245) + r.normal(0, 7, 3), 0, 255)
        return r.uniform(0, 255, 3)

    def cloud(self, cells, amplitude):
        r, s = self.rng, self.size
        grid = r.normal(0, 1, (max(2, cells), max(2, cells), 3 if r.random() < .3 else 1)).astype(np.float32)
        out = cv2.resize(grid, (s, s), interpolation=cv2.INTER_CUBIC)
        return (out[..., None] if out.ndim == 2 else out) * amplitude

    def _draw(self):
        r, s = self.rng, self.size
        base = self.colour()
        image = np.empty((s, s, 3), np.float32)
        image[:] = base
        image += np.linspace(-1, 1, s, dtype=np.float32)[:, None, None] * r.uniform(-50, 50)
        kind = r.random()
        image += self.cloud(int(r.integers(2, 7)), r.uniform(2, 25))
        if kind < .3:  # paint with reflections, seams and lamps
            for _ in range(int(r.integers(1, 7))):
                pts = r.uniform(0, s, (int(r.integers(3, 6)), 2)).astype(np.int32)
                layer = image.copy()
                cv2.fillPoly(layer, [pts], self.colour().tolist())
                image += (layer - image) * r.uniform(.1, .6)
            image = cv2.GaussianBlur(image, (0, 0), r.uniform(.7, 5))
            for _ in range(int(r.integers(0, 6))):
                y = int(r.uniform(0, s))
                cv2.line(image, (0, y), (s, y + int(r.normal(0, 12))), self.colour().tolist(), int(r.integers(1, 5)))
        elif kind < .5:  # asphalt, concrete, render
            for cells in (24, 80, 200):
                image += self.cloud(cells, r.uniform(1, 14))
        elif kind < .68:  # foliage and grass
            for cells in (10, 30, 90, 160):
                image += self.cloud(cells, r.uniform(8, 28)) * np.array([.8, 1, .6], np.float32)
            image = cv2.GaussianBlur(image, (0, 0), r.uniform(.5, 1.5))
        elif kind < .84:  # bricks, slats, grilles, fences, cladding
            dy, dx = int(r.integers(5, 34)), int(r.integers(8, 80))
            line = self.colour().tolist()
            thick = int(r.integers(1, max(2, dy // 3)))
            for y in range(0, s, dy):
                cv2.line(image, (0, y), (s, y), line, thick)
                if kind < .76:
                    for x in range((y // dy % 2) * dx // 2, s, dx):
                        cv2.line(image, (x, y), (x, y + dy), line, thick)
            if r.random() < .4:
                image = np.ascontiguousarray(image.transpose(1, 0, 2))
        else:  # windows, boxes, lamps
            for _ in range(int(r.integers(4, 22))):
                a, d = r.uniform(-20, s, 2), r.uniform(8, 110, 2)
                (x0, y0), (x1, y1) = a.astype(int).tolist(), (a + d).astype(int).tolist()
                cv2.rectangle(image, (x0, y0), (x1, y1), self.colour().tolist(), -1)
                if r.random() < .5:
                    cv2.rectangle(image, (x0, y0), (x1, y1), self.colour().tolist(), int(r.integers(1, 5)))
            if r.random() < .6:
                image = cv2.GaussianBlur(image, (0, 0), r.uniform(.5, 3))
        return np.clip(image, 0, 255).astype(np.uint8)
