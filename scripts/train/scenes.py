"""
Street scenes drawn by chance, with cars that carry plates and with things that look like plates and are none: signs,
bumper stickers, phone numbers on vans, badges, grilles, lamps, time stamps burnt into the picture.
"""
import math

import cv2
import numpy as np

from camera import Camera, blur, encode, expose, glare, paste_plate, quad_of, shadow
from fonts import ALPHABET
from plates import LETTERS, Plates, fitted, paste


class Scenes:
    def __init__(self, seed, size=320):
        self.plates = Plates(seed, stroke_fonts=80)
        self.camera = Camera(seed + 7)
        self.rng = self.camera.rng
        self.textures = self.camera.textures
        self.size = size
        self.shelf = [self.plates.plate() for _ in range(300)]

    def plate(self):
        at = self.rng.integers(len(self.shelf))
        if self.rng.random() < .5:
            self.shelf[at] = self.plates.plate()
        return self.shelf[at]

    def scene(self, width=None, height=None, plate_widths=(14, 230), count=None):
        """
        Returns (uint8 RGB image, list of (quad, text, state)). Plates that the picture's edge cuts are left in only
        where most of them is inside.
        """
        image, found = self.street(width or self.size, height or self.size, plate_widths, count)
        return self.photograph(image), found

    def street(self, w, h, plate_widths, count=None):
        """The scene before a camera saw it: (float RGB image, list of (quad, text, state))."""
        r = self.rng
        image = self.backdrop(w, h)
        found = []
        for _ in range(int(r.integers(0, 3))):
            self.decoy(image)
        n = count if count is not None else int(r.choice([0, 1, 2, 3], p=[.14, .6, .2, .06]))
        widths = sorted(math.exp(r.uniform(*np.log(plate_widths))) for _ in range(n))
        for pw in widths:
            self.car(image, pw, found)
        if n == 0 and r.random() < .6:
            self.car(image, math.exp(r.uniform(math.log(20), math.log(90))), found, with_plate=False)
        for _ in range(int(r.choice([0, 1, 2], p=[.6, .3, .1]))):
            self.small_decoy(image, found)
        return image, found

    def photograph(self, image):
        r = self.rng
        if r.random() < .3:
            shadow(r, image, (.2, .6))
        image = blur(r, image, r.uniform(60, 130)) if r.random() < .7 else image
        if r.random() < .15:
            glare(r, image, r.uniform(30, 200))
        if r.random() < .12:
            self.time_stamp(image)
        return encode(r, expose(r, image, self.textures, night=.2))

    # ---- surroundings -----------------------------------------------------------------------------------------

    def backdrop(self, w, h):
        r = self.rng
        image = self.textures.patch(w, h)
        horizon = int(h * r.uniform(.1, .8))
        road = self.textures.patch(w, h - horizon)
        image[horizon:] = road * .5 + (r.uniform(40, 180) + r.normal(0, 4, 3)) * .5
        if r.random() < .4:
            image[:int(horizon * r.uniform(.2, 1))] = np.clip(r.uniform(110, 250) + r.normal(0, 18, 3), 0, 255)
        for _ in range(int(r.integers(0, 6))):  # buildings, trees, walls
            bw, bh = int(w * r.uniform(.08, .6)) + 2, int(h * r.uniform(.08, .6)) + 2
            x, y = int(r.uniform(-.2, 1) * w), int(horizon - bh * r.uniform(.3, 1.1))
            x0, y0, x1, y1 = max(0, x), max(0, y), min(w, x + bw), min(h, y + bh)
            if x1 - x0 > 3 and y1 - y0 > 3:
                image[y0:y1, x0:x1] = self.textures.patch(x1 - x0, y1 - y0)
        for _ in range(int(r.integers(0, 5))):  # markings, kerbs, poles
            a = r.uniform(0, 1, 2) * [w, h]
            b = a + r.normal(0, .6, 2) * [w, h]
            cv2.line(image, tuple(a.astype(int).tolist()), tuple(b.astype(int).tolist()), self.textures.colour().tolist(),
                     int(r.integers(1, 7)), cv2.LINE_AA)
        return image

    # ---- cars -------------------------------------------------------------------------------------------------

    def car(self, image, pw, found, with_plate=True):
        r = self.rng
        h, w = image.shape[:2]
        px, py = r.uniform(pw * .3, w - pw * .3), r.uniform(pw * .2, h - pw * .2)
        ph = pw / 2 * r.uniform(.82, 1.12)
        for quad, _, _ in found:
            centre, side = quad.mean(0), np.linalg.norm(quad[1] - quad[0])
            if abs(centre[0] - px) < (pw + side) * .75 and abs(centre[1] - py) < (pw + side) * .6:
                return
        if r.random() < .93:
            x0, y0, x1, y1 = self.body(image, px, py, pw, ph)
            hidden = lambda quad: np.any((quad[:, 0] > x0) & (quad[:, 0] < x1) & (quad[:, 1] > y0) & (quad[:, 1] < y1))
            found[:] = [plate for plate in found if not hidden(plate[0])]
        if not with_plate:
            if r.random() < .7:  # an empty place, a cover, a lamp where a plate would be
                x0, y0, x1, y1 = (int(v) for v in (px - pw / 2, py - ph / 2, px + pw / 2, py + ph / 2))
                cv2.rectangle(image, (x0, y0), (x1, y1), self.textures.colour().tolist(), -1 if r.random() < .6 else 2)
            return
        quad = quad_of(r, pw, ph, tilt=4) + [px, py]
        plate, text, state, _ = self.plate()
        light = r.uniform(.55, 1.1)
        paste_plate(image, np.clip(plate * light + r.uniform(0, 40) * (1 - light), 0, 255).astype(np.uint8), quad)
        if r.random() < .25:  # the bumper or boot lid throws a shadow on the plate
            y = int(quad[:2, 1].mean() + ph * r.uniform(-.1, .5))
            x0, x1 = int(max(0, px - pw)), int(min(w, px + pw))
            top = max(0, int(py - ph))
            image[top:max(top, y), x0:x1] *= r.uniform(.35, .85)
        inside = np.clip(quad, 0, [w, h])
        if np.ptp(inside[:, 0]) > .8 * np.ptp(quad[:, 0]) and np.ptp(inside[:, 1]) > .7 * np.ptp(quad[:, 1]):
            found.append((quad, text, state))

    def body(self, image, px, py, pw, ph):
        """Draws one end of a car around the place of its plate; returns the box that it covers."""
        r = self.rng
        h, w = image.shape[:2]
        cw, chh = pw * r.uniform(3.0, 6.3), pw * r.uniform(2.2, 5.2)
        cx, top = px + r.normal(0, .07) * cw, py - chh * r.uniform(.3, .85)
        paint = self.textures.colour()
        rect = lambda cx_, cy_, ww, hh: [int(cx_ - ww / 2), int(cy_ - hh / 2), int(cx_ + ww / 2), int(cy_ + hh / 2)]
        layer, narrow = image.copy(), r.uniform(.6, .98)
        pts = np.array([[cx - cw / 2 * narrow, top], [cx + cw / 2 * narrow, top], [cx + cw / 2, top + chh * .45],
                        [cx + cw / 2 * r.uniform(.9, 1), top + chh], [cx - cw / 2 * r.uniform(.9, 1), top + chh],
                        [cx - cw / 2, top + chh * .45]])
        cv2.fillPoly(layer, [pts.astype(np.int32)], paint.tolist(), cv2.LINE_AA)
        y0, y1 = max(0, int(top)), min(h, int(top + chh))
        if y1 > y0 + 2:  # light falls from above; the surroundings show in the paint
            ramp = np.linspace(r.uniform(-20, 60), r.uniform(-70, 10), y1 - y0, dtype=np.float32)[:, None, None]
            mask = (np.abs(layer[y0:y1] - image[y0:y1]).sum(2, keepdims=True) > 0)
            gloss = (self.textures.patch(w, y1 - y0) - 120) * r.uniform(0, .35)
            layer[y0:y1] += mask * (ramp + gloss)
        if r.random() < .75:  # window
            gw, gh = cw * r.uniform(.5, .85) * narrow, chh * r.uniform(.18, .36)
            gy = top + chh * r.uniform(.05, .12)
            pane = np.array([[cx - gw * .42, gy], [cx + gw * .42, gy], [cx + gw / 2, gy + gh], [cx - gw / 2, gy + gh]])
            cv2.fillPoly(layer, [pane.astype(np.int32)], (np.full(3, r.uniform(5, 110))).tolist(), cv2.LINE_AA)
            if r.random() < .5:
                x, y = cx + gw * r.uniform(-.3, .1), gy
                cv2.fillPoly(layer, [np.array([[x, y], [x + gw * .2, y], [x + gw * .1, y + gh], [x - gw * .1, y + gh]],
                                              np.int32)], np.full(3, r.uniform(60, 220)).tolist())
        for _ in range(int(r.integers(0, 6))):  # seams, mouldings, bumper edges
            y = int(top + chh * r.uniform(.3, 1))
            colour = np.clip(paint + r.choice([-1, 1]) * r.uniform(20, 110), 0, 255).tolist()
            half = cw / 2 * r.uniform(.4, 1)
            cv2.line(layer, (int(cx - half), y), (int(cx + half), y + int(r.normal(0, 2))), colour, max(1, int(pw * r.uniform(.01, .09))))
        if r.random() < .5:  # bumper
            by = py + pw * r.uniform(-.5, .8)
            x0, y0, x1, y1 = rect(cx, by, cw * r.uniform(.85, 1.02), pw * r.uniform(.3, 1.2))
            cv2.rectangle(layer, (x0, y0), (x1, y1), np.clip(paint * r.uniform(.3, 1.1) if r.random() < .6 else np.full(3, r.uniform(15, 220)), 0, 255).tolist(), -1)
        if r.random() < .85:  # lamps
            ly, lw, lh = py + pw * r.uniform(-1.2, .4), pw * r.uniform(.3, 1.1), pw * r.uniform(.2, 1)
            lamp = np.array([r.uniform(90, 240), r.uniform(0, 60), r.uniform(0, 60)]) if r.random() < .7 else np.full(3, r.uniform(120, 255))
            for side in (-1, 1):
                x0, y0, x1, y1 = rect(cx + side * cw * r.uniform(.36, .42), ly, lw, lh)
                cv2.rectangle(layer, (x0, y0), (x1, y1), lamp.tolist(), -1)
                if r.random() < .7:
                    x0, y0, x1, y1 = rect(cx + side * cw * .4, ly + lh * r.uniform(-.3, .3), lw * .6, lh * .3)
                    cv2.rectangle(layer, (x0, y0), (x1, y1), np.full(3, r.uniform(150, 255)).tolist(), -1)
        if r.random() < .35:  # grille
            gy, gw, gh = py - pw * r.uniform(.3, 1.3), pw * r.uniform(.8, 3), pw * r.uniform(.2, .9)
            x0, y0, x1, y1 = rect(px, gy, gw, gh)
            cv2.rectangle(layer, (x0, y0), (x1, y1), np.full(3, r.uniform(5, 60)).tolist(), -1)
            step = max(3, int(gh / r.integers(3, 8)))
            for y in range(y0, y1, step):
                cv2.line(layer, (x0, y), (x1, y), np.full(3, r.uniform(60, 230)).tolist(), max(1, step // 3))
        if r.random() < .6:  # recess or frame of the plate
            x0, y0, x1, y1 = rect(px, py, pw * r.uniform(1.04, 1.9), ph * r.uniform(1.08, 2.1))
            cv2.rectangle(layer, (x0, y0), (x1, y1), np.clip(paint + r.uniform(-120, 50), 0, 255).tolist(), -1)
        for _ in range(int(r.integers(0, 4))):  # badges and stickers
            mask = self.word_mask()
            size = pw * r.uniform(.06, .2)
            word = fitted(mask, max(4, size), pw * 2)
            at = (cx + cw * r.uniform(-.4, .3), py + pw * r.uniform(-1.6, 1))
            if abs(at[0] - px) > pw * .6 or abs(at[1] - py) > ph * .75:
                if r.random() < .4:
                    pad = int(size * .4)
                    cv2.rectangle(layer, (int(at[0] - pad), int(at[1] - pad)),
                                  (int(at[0] + word.shape[1] + pad), int(at[1] + word.shape[0] + pad)),
                                  self.textures.colour().tolist(), -1)
                paste(layer, word, *at, self.textures.colour())
        image[:] = cv2.GaussianBlur(layer, (0, 0), max(.3, pw * r.uniform(.003, .015)))
        ground = int(top + chh)
        if 0 < ground < h - 2 and r.random() < .8:
            end = min(h, ground + int(chh * .12) + 2)
            image[ground:end, max(0, int(cx - cw / 2)):min(w, int(cx + cw / 2))] *= r.uniform(.15, .6)
        return cx - cw / 2, top, cx + cw / 2, top + chh * 1.12

    # ---- what is no plate -------------------------------------------------------------------------------------

    def word_mask(self):
        words = self.plates.frame_words
        return words[self.rng.integers(len(words))]

    def text_line(self, text, height=60):
        font = self.plates.strokes[self.rng.integers(len(self.plates.strokes))]
        parts = []
        for c in text:
            glyph = font[c] if c in ALPHABET else np.zeros((80, 24), np.uint8)
            if c == '-':
                glyph[36:46, 4:20] = 255
            if c == ':':
                glyph[20:32, 8:18] = glyph[50:62, 8:18] = 255
            parts += [glyph, np.zeros((80, 10), np.uint8)]
        return cv2.resize(np.hstack(parts), None, fx=height / 80, fy=height / 80, interpolation=cv2.INTER_AREA)

    def phrase(self):
        r = self.rng
        k = r.random()
        digits = lambda n: ''.join(str(i) for i in r.integers(10, size=n))
        if k < .3:
            return self.text_line(f'{digits(3)}-{digits(4)}' if r.random() < .5 else f'555-{digits(3)}-{digits(4)}')
        if k < .45:
            return self.text_line(''.join(LETTERS[i] for i in r.integers(25, size=int(r.integers(3, 11)))))
        return self.word_mask()

    def decoy(self, image):
        """A sign or a van's side with words: many lines, or a shape that is no plate's."""
        r = self.rng
        h, w = image.shape[:2]
        lines = int(r.choice([1, 2, 3], p=[.5, .3, .2]))
        masks = [self.phrase() for _ in range(lines)]
        sw = 260
        rows = [fitted(m, r.uniform(24, 60), sw * .9) for m in masks]
        sh = int(sum(m.shape[0] for m in rows) * r.uniform(1.2, 1.8)) + 12
        if lines == 1 and 1.6 < sw / sh < 2.5:
            sh = int(sw / r.uniform(3, 5))
        board, ink = self.textures.colour(), self.textures.colour()
        sign = np.empty((sh, sw, 3), np.float32)
        sign[:] = board
        y = 6.
        for mask in rows:
            paste(sign, mask, (sw - mask.shape[1]) / 2, y, ink)
            y += sh / max(1, lines)
        width = math.exp(r.uniform(math.log(24), math.log(200)))
        quad = quad_of(r, width, width * sh / sw, tilt=6) + [r.uniform(0, w), r.uniform(0, h)]
        paste_plate(image, np.clip(sign, 0, 255).astype(np.uint8), quad)

    def small_decoy(self, image, found):
        """A bumper sticker, a house number or a bare rectangle, away from the plates."""
        r = self.rng
        h, w = image.shape[:2]
        x, y, width = r.uniform(0, w), r.uniform(0, h), r.uniform(14, 90)
        for quad, _, _ in found:
            (x0, y0), (x1, y1) = quad.min(0), quad.max(0)
            if x0 - width * .7 < x < x1 + width * .7 and y0 - width * .5 < y < y1 + width * .5:
                return
        height = width / r.uniform(2.8, 5)
        if r.random() < .4:
            width = height * r.uniform(.5, 3)
            sticker = np.empty((64, 160, 3), np.uint8)
            sticker[:] = self.textures.colour()
            cv2.rectangle(sticker, (6, 6), (153, 57), self.textures.colour().tolist(), int(r.integers(-1, 8)) or 1)
        else:
            sticker = np.empty((44, 160, 3), np.float32)
            sticker[:] = self.textures.colour()
            mask = fitted(self.phrase(), 28, 146)
            paste(sticker, mask, (160 - mask.shape[1]) / 2, 8, self.textures.colour())
            sticker = np.clip(sticker, 0, 255).astype(np.uint8)
        paste_plate(image, sticker, quad_of(r, width, height) + [x, y])

    def time_stamp(self, image):
        r = self.rng
        h, w = image.shape[:2]
        digits = lambda n: ''.join(str(i) for i in r.integers(10, size=n))
        line = self.text_line(f'{digits(4)}-{digits(2)}-{digits(2)} {digits(2)}:{digits(2)}:{digits(2)}')
        mask = fitted(line, r.uniform(7, 20), w * .8)
        x, y = r.uniform(0, max(1, w - mask.shape[1])), 3 if r.random() < .5 else h - mask.shape[0] - 3
        if r.random() < .4:
            image[int(max(0, y - 3)):int(y + mask.shape[0] + 3)] = r.uniform(0, 60)
        paste(image, mask, x, y, np.full(3, 255.) if r.random() < .8 else np.array([255., 230., 60.]))
