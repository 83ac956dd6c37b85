"""
Flat United States plates, 224 x 112 pixels, RGB, with the text and the issuing state that they show.

A plate follows a state's design (colours, layout, slogan, graphic) or, to keep the reader honest about plates that no
table lists, an invented one. Stacked class marks, stickers, slogans and dealer frames are drawn but are no text.
"""
import json
import os

import cv2
import numpy as np
from PIL import ImageFont

import fonts
from fonts import ALPHABET, HEIGHT

W, H = 224, 112
DIGITS, LETTERS = ALPHABET[:10], ALPHABET[10:]
LOOK_ALIKE_LETTERS, LOOK_ALIKE_DIGITS = 'ABDGIJLPQSTUVZ', '01245678'
LOOK_ALIKES_ALONE = .35
UNKNOWN = 51
MARKS = ('DP', 'TK', 'PT', 'CM', 'DV', 'FD', 'NG', 'XX', 'TR', 'AP', 'ED', 'UN', 'HP')
FRAME_WORDS = (
    'RIVERSIDE MOTORS', 'Smith Auto Group', 'VALLEY CHEVROLET', 'TOYOTA', 'HONDA', 'FORD', 'NISSAN OF LAKEWOOD',
    'www.bestcars.example', '(555) 555-0134', 'DRIVE HAPPY', 'Northside Dodge', 'WORLD FAMOUS', 'UNIVERSITY ALUMNI',
    'Hillcrest', 'AUTO PLAZA', 'JEEP', 'MAZDA', 'VOLKSWAGEN', 'Subaru of Ashland', "I'D RATHER BE FISHING", 'LEXUS',
    'GREENFIELD', 'TIGERS', 'Class of 2009', 'USED CARS', '555-0177', 'Sales - Service', 'MERCEDES-BENZ', 'Kia', 'BMW',
    'ESCAPE IT ALL', 'STATE UNIVERSITY', 'GO TEAM', 'Los Altos', 'FAMILY OWNED SINCE 1956')
INVENTED_SHAPES = (
    'AAA999', '999AAA', 'AAA9999', '9AAA999', 'AA9A9A', 'AA9999', 'A99999', '999999', '9999999', 'A999999', 'AAA99A',
    '99A999', '9AA999', 'AAAA99', 'AA9999A', 'A9A9A9', '99999AA', '9999AA', '99AA99', 'AA99AA', '9A99999', 'AA999A')


def rgb(text):
    return np.array([int(text[i:i + 2], 16) for i in (1, 3, 5)], np.float32)


def paste(image, mask, x, y, colour, alpha=1.0):
    """Blends a colour through a mask whose top left corner is at (x, y); what lies outside is cut off."""
    x, y = int(round(x)), int(round(y))
    h, w = mask.shape
    x0, y0, x1, y1 = max(0, x), max(0, y), min(image.shape[1], x + w), min(image.shape[0], y + h)
    if x1 <= x0 or y1 <= y0:
        return
    a = mask[y0 - y:y1 - y, x0 - x:x1 - x, None].astype(np.float32) * (alpha / 255)
    region = image[y0:y1, x0:x1]
    image[y0:y1, x0:x1] = region + a * (colour - region)


def fitted(mask, height, max_width):
    h = max(4, int(height))
    w = int(min(max_width, mask.shape[1] * h / mask.shape[0]))
    return cv2.resize(mask, (max(4, w), h), interpolation=cv2.INTER_AREA)


class Plates:
    def __init__(self, seed, stroke_fonts=120):
        self.rng = np.random.default_rng(seed)
        self.outline = [fonts.outline_font(p) for p in fonts.font_paths('serial')]
        self.strokes = [fonts.stroke_font(self.rng) for _ in range(stroke_fonts)]
        with open(os.path.join(fonts.HERE, 'us-designs.json'), encoding='utf8') as f:
            table = json.load(f)
        self.codes = sorted(table)
        self.designs = [(i, d, table[c]['name']) for i, c in enumerate(self.codes) for d in table[c]['designs']]
        weights = np.array([d['weight'] for _, d, _ in self.designs], float) ** .6
        self.design_weights = weights / weights.sum()
        self.state_font = {c: self.rng.integers(0, stroke_fonts, size=6) for c in range(len(self.codes))}
        faces = [ImageFont.truetype(p, 34) for p in fonts.font_paths('words')]
        script = [f for f in faces if any(s in f.path for s in ('dancing', 'kaushan', 'obster', 'eckerli'))]
        block = [f for f in faces if f not in script]
        pick = lambda choice: choice[self.rng.integers(len(choice))]
        self.names = {}
        for _, design, name in self.designs:
            style = script if design['name']['style'] == 'script' else block
            text = name if style is script or self.rng.random() < .2 else name.upper()
            self.names.setdefault(name, []).extend(fonts.word_mask(text, pick(style)) for _ in range(2))
        slogans = {d['slogan'] for _, d, _ in self.designs if d['slogan']}
        self.slogans = {s: fonts.word_mask(s, pick(block)) for s in sorted(slogans)}
        self.frame_words = [fonts.word_mask(w, pick(faces)) for w in FRAME_WORDS for _ in range(2)]

    # ---- text -------------------------------------------------------------------------------------------------

    def fill(self, layout):
        """A serial of the layout; a third are made only of characters that are taken for others."""
        r = self.rng
        letters, digits = (LOOK_ALIKE_LETTERS, LOOK_ALIKE_DIGITS) if r.random() < LOOK_ALIKES_ALONE else (LETTERS, DIGITS)
        one_of = lambda characters: characters[r.integers(len(characters))]
        return ''.join(one_of(letters) if c == 'A' else one_of(digits) if c == '9' else c for c in layout)

    def invented_text(self):
        r = self.rng
        k = r.random()
        if k < .45:
            text = self.fill(INVENTED_SHAPES[r.integers(len(INVENTED_SHAPES))])
        elif k < .58:
            text = self.fill('A' * int(r.integers(3, 8)))
        else:
            n = int(r.choice([3, 4, 5, 6, 7, 8], p=[.02, .06, .14, .34, .37, .07]))
            text = ''.join(ALPHABET[i] for i in r.integers(35, size=n))
        if r.random() < .6 and len(text) > 3:
            cut = int(r.integers(1, len(text)))
            return text[:cut] + ' -*.'[r.choice(4, p=[.45, .25, .2, .1])] + text[cut:]
        return text

    def serial_font(self, state):
        r = self.rng
        if state < UNKNOWN and r.random() < .3:
            return self.strokes[self.state_font[state][r.integers(6)]]
        if r.random() < .6:
            return self.strokes[r.integers(len(self.strokes))]
        return self.outline[r.integers(len(self.outline))]

    # ---- background -------------------------------------------------------------------------------------------

    def ground(self, top, bottom):
        r = self.rng
        ramp = np.clip(np.linspace(r.uniform(-.4, .2), r.uniform(.8, 1.4), H), 0, 1)[:, None, None].astype(np.float32)
        return np.broadcast_to(top * (1 - ramp) + bottom * ramp, (H, W, 3)).astype(np.float32).copy()

    def graphic(self, image, kind, ink, strength):
        r = self.rng
        layer = image.copy()
        if kind in ('hills', 'mountains', 'skyline', 'waves', 'arch', 'trees'):
            n = int(r.integers(5, 14))
            xs = np.linspace(0, W, n)
            base, rough = r.uniform(.45, .85) * H, r.uniform(.05, .25) * H
            ys = base + r.normal(0, rough, n)
            pts = np.concatenate([np.stack([xs, ys], 1), [[W, H], [0, H]]]).astype(np.int32)
            if kind == 'mountains' and r.random() < .5:
                pts[-2:, 1] = 0
            cv2.fillPoly(layer, [pts], ink.tolist())
        else:
            at = r.choice(['mid', 'left', 'right', 'wide'], p=[.5, .15, .15, .2])
            cx = {'mid': .5, 'left': .15, 'right': .85, 'wide': .5}[at] * W
            size = (.45 if at == 'wide' else .25) * H * r.uniform(.7, 1.5)
            for _ in range(int(r.integers(1, 5))):
                q = np.array([cx, H * .52]) + r.normal(0, size * .6, (int(r.integers(3, 8)), 2))
                colour = np.clip(ink + r.normal(0, 25, 3), 0, 255).tolist()
                if r.random() < .5:
                    cv2.fillPoly(layer, [q.astype(np.int32)], colour)
                else:
                    axes = (int(size * r.uniform(.2, 1)) + 1, int(size * r.uniform(.2, 1)) + 1)
                    cv2.ellipse(layer, (int(q[0, 0]), int(q[0, 1])), axes, float(r.uniform(0, 180)), 0, 360, colour, -1)
        layer = cv2.GaussianBlur(layer, (0, 0), r.uniform(.6, 3))
        return image + (layer - image) * strength

    def invented_design(self):
        r = self.rng
        dark = r.random() < .22
        light = lambda: np.clip(r.uniform(170, 250) + r.normal(0, 22, 3), 90, 255)
        deep = lambda: np.clip(r.uniform(10, 90) + r.normal(0, 32, 3), 0, 140)
        ground = (deep(), deep()) if dark else (light(), light())
        if r.random() < .5:
            ground = (ground[0], ground[0])
        ink = light() if dark else deep()
        return ground, ink

    # ---- the whole plate --------------------------------------------------------------------------------------

    def plate(self):
        """Returns (uint8 image, text, state index; UNKNOWN for an invented design), and each character's centre."""
        r = self.rng
        if r.random() < .7:
            state, design, name = self.designs[r.choice(len(self.designs), p=self.design_weights)]
            layouts = list(design['layouts'])
            weights = np.array([design['layouts'][k] for k in layouts], float)
            layout = layouts[r.choice(len(layouts), p=weights / weights.sum())]
            text = self.fill(layout) if r.random() < .93 else self.invented_text()
            fade = r.uniform(0, .35) if r.random() < .4 else 0
            soften = lambda c: np.clip((rgb(c) + r.normal(0, 7, 3)) * (1 - fade) + 205 * fade, 0, 255)
            image = self.ground(*[soften(c) for c in design['background']])
            if design['graphic']:
                image = self.graphic(image, design['graphic']['kind'], rgb(design['graphic']['ink']), r.uniform(.25, 1))
            for band, (y0, y1) in zip(design['bands'], ((0, r.uniform(.16, .25)), (r.uniform(.78, .86), 1))):
                if band:
                    image[int(y0 * H):int(y1 * H)] = soften(band)
            ink = np.clip(rgb(design['ink']) + r.normal(0, 8, 3), 0, 255)
            if fade:
                ink = ink * (1 - fade * .8) + image.mean((0, 1)) * fade * .8
            name_ink, name_mask = rgb(design['name']['ink']), self.names[name][r.integers(len(self.names[name]))]
            slogan = self.slogans.get(design['slogan'])
        else:
            state = UNKNOWN
            text = self.invented_text()
            ground, ink = self.invented_design()
            image = self.ground(*ground)
            if r.random() < .5:
                kind = ('hills', 'seal', 'mountains', 'flower')[r.integers(4)]
                image = self.graphic(image, kind, r.uniform(0, 255, 3), r.uniform(.15, .9))
            name_ink = ink if r.random() < .5 else np.clip(r.uniform(0, 200, 3), 0, 255)
            names = list(self.names)
            any_name = self.names[names[r.integers(len(names))]]
            name_mask = any_name[r.integers(len(any_name))] if r.random() < .3 else \
                self.frame_words[r.integers(len(self.frame_words))]
            slogan = self.frame_words[r.integers(len(self.frame_words))] if r.random() < .6 else None
        label, centres, left, top, bottom = self.serial(image, text, ink, state)
        self.words(image, name_mask, name_ink, slogan, ink, top, bottom)
        self.fixings(image)
        self.wear(image)
        self.frame(image, left, top, bottom)
        return np.clip(image, 0, 255).astype(np.uint8), label, state, np.array(centres, np.float32)

    def serial(self, image, text, ink, state):
        r = self.rng
        font = self.serial_font(state)
        other = self.strokes[r.integers(len(self.strokes))] if r.random() < .06 else font
        characters = [c for c in text if c in ALPHABET]
        n = len(characters)
        height = r.uniform(.40, .57) * H
        cy = H * r.uniform(.47, .60)
        aspect = [font[c].shape[1] / HEIGHT for c in characters]
        cell = [max(float(np.percentile(aspect, 70)), .3)] * n if r.random() < .4 else aspect
        gap = r.uniform(.08, .32) * float(np.mean(cell))
        separators = n_separators = sum(c not in ALPHABET for c in text)
        sep_width = (r.uniform(.04, .10) if r.random() < .6 else r.uniform(.09, .19)) * W if separators else 0
        mark_width = r.uniform(.06, .09) * W if r.random() < .09 else 0
        room = W * (r.uniform(.83, .96) if n > 5 else r.uniform(.55, .92)) - mark_width
        total = sum(cell) + gap * max(0, n - 1 - n_separators)
        stretch = min((room - sep_width * n_separators) / (total * height), r.uniform(1.0, 1.5))
        width = total * height * stretch + sep_width * n_separators
        x = (W - width - mark_width) / 2 + r.uniform(-.02, .02) * W
        left, top = x, cy - height / 2
        weight = int(r.integers(-1, 3)) if r.random() < .55 else 0
        emboss = r.uniform(.1, .6) if r.random() < .5 else 0
        if mark_width:
            at_left = r.random() < .5
            self.mark(image, x if at_left else x + width + W * .01, top, mark_width, height, ink)
            x += mark_width if at_left else 0
        label, centres, k, previous = '', [], 0, False
        for c in text:
            if c not in ALPHABET:
                self.separator(image, c, x + sep_width / 2, cy, sep_width, height, ink)
                x, previous = x + sep_width, False
                continue
            if previous:
                x += gap * height * stretch
            cw = cell[k] * height * stretch
            gw = min(aspect[k] * height * stretch, cw * 1.15)
            source = (other if k < n // 2 else font)[c]
            glyph = cv2.resize(source, (max(3, int(round(gw))), max(6, int(round(height)))), interpolation=cv2.INTER_AREA)
            if weight > 0:
                glyph = cv2.dilate(glyph, np.ones((weight + 1, weight + 1), np.uint8))
            elif weight < 0 and gw > 12:
                glyph = cv2.erode(glyph, np.ones((2, 2), np.uint8))
            px, py = x + (cw - glyph.shape[1]) / 2, top + (r.normal(0, .4) if emboss else 0)
            if emboss:
                paste(image, glyph, px + 1, py + 1, 255., emboss)
                paste(image, glyph, px - 1, py - 1, 0., emboss * .6)
            paste(image, glyph, px, py, ink, .97)
            centres.append((x + cw / 2, cy))
            label, x, k, previous = label + c, x + cw, k + 1, True
        return label, centres, left, top, top + height

    def mark(self, image, x, top, width, height, ink):
        """A stacked pair of small letters, or a small emblem, beside the serial: a class mark, not part of the text."""
        r = self.rng
        if r.random() < .3:
            colour = r.uniform(0, 255, 3)
            cv2.rectangle(image, (int(x), int(top + height * .2)), (int(x + width * .8), int(top + height * .8)),
                          colour.tolist(), -1)
            cv2.circle(image, (int(x + width * .4), int(top + height * .5)), int(width * .25), (255 - colour).tolist(), 2)
            return
        font = self.strokes[r.integers(len(self.strokes))]
        for row, c in enumerate(MARKS[r.integers(len(MARKS))]):
            glyph = cv2.resize(font[c], (max(4, int(width * .8)), max(6, int(height * r.uniform(.36, .44)))))
            paste(image, glyph, x, top + height * .52 * row + height * .03, ink)

    def separator(self, image, kind, x, cy, width, height, ink):
        r = self.rng
        if kind == '-' and r.random() < .9:
            cv2.line(image, (int(x - width * .28), int(cy)), (int(x + width * .28), int(cy)), ink.tolist(),
                     int(r.integers(2, 6)))
        elif kind == '.' or kind == '*' and r.random() < .25:
            cv2.circle(image, (int(x), int(cy)), int(r.integers(2, 6)), ink.tolist(), -1)
        elif kind == '*' or kind == ' ' and r.random() < .15:
            self.emblem(image, x, cy + r.uniform(-.12, .12) * height, width * r.uniform(.45, .95),
                        height * r.uniform(.25, .75), ink)

    def emblem(self, image, x, y, w, h, ink):
        """A sticker, star, fruit or outline between the two halves of a serial."""
        r = self.rng
        colour = ink if r.random() < .35 else r.uniform(10, 240, 3)
        kind = r.random()
        if kind < .3:
            angle = np.arange(10) * np.pi / 5 - np.pi / 2
            radius = np.where(np.arange(10) % 2 == 0, 1, .45) * min(w, h) * .55
            pts = np.stack([x + radius * np.cos(angle), y + radius * np.sin(angle)], 1)
            cv2.fillPoly(image, [pts.astype(np.int32)], colour.tolist(), cv2.LINE_AA)
        elif kind < .6:
            w, h = min(w, h), min(h, w * 1.3)
            cv2.rectangle(image, (int(x - w / 2), int(y - h / 2)), (int(x + w / 2), int(y + h / 2)), colour.tolist(), -1)
            for _ in range(int(r.integers(0, 4))):
                yy = int(y + h * r.uniform(-.4, .4))
                cv2.line(image, (int(x - w * .35), yy), (int(x + w * .35), yy), r.uniform(0, 255, 3).tolist(), 1)
        else:
            pts = np.array([x, y]) + r.uniform(-.5, .5, (int(r.integers(4, 11)), 2)) * [w, h]
            cv2.fillPoly(image, [cv2.convexHull(pts.astype(np.int32)) if r.random() < .5 else pts.astype(np.int32)],
                         colour.tolist(), cv2.LINE_AA)
            if r.random() < .4:
                cv2.circle(image, (int(x), int(y)), max(2, int(min(w, h) * .25)), r.uniform(0, 255, 3).tolist(), -1)

    def words(self, image, name, name_ink, slogan, ink, top, bottom):
        r = self.rng
        if r.random() < .93:
            height = max(9, min(top * r.uniform(.55, .98), H * .26))
            mask = fitted(name, height, W * .7)
            paste(image, mask, (W - mask.shape[1]) / 2 + r.normal(0, .03) * W, top * r.uniform(.02, max(.04, .98 - mask.shape[0] / top)), name_ink,
                  r.uniform(.6, 1))
        if slogan is not None and bottom < H * .9 and r.random() < .85:
            mask = fitted(slogan, (H - bottom) * r.uniform(.35, .7), W * .8)
            paste(image, mask, (W - mask.shape[1]) / 2, bottom + (H - bottom - mask.shape[0]) * r.uniform(.2, .9),
                  ink if r.random() < .7 else name_ink, r.uniform(.4, 1))

    def fixings(self, image):
        r = self.rng
        for cx, cy in ((.085, .12), (.915, .12), (.085, .89), (.915, .89)):
            if r.random() < .32:
                w, h = W * r.uniform(.06, .15), H * r.uniform(.09, .2)
                x, y = cx * W - w / 2, cy * H - h / 2
                colour = r.uniform(20, 250, 3)
                if r.random() < .7:
                    cv2.rectangle(image, (int(x), int(y)), (int(x + w), int(y + h)), colour.tolist(), -1)
                if r.random() < .7:
                    font = self.strokes[r.integers(len(self.strokes))]
                    n = int(r.integers(2, 4))
                    for k, i in enumerate(r.integers(35, size=n)):
                        glyph = cv2.resize(font[ALPHABET[i]], (max(3, int(w * .75 / n)), max(5, int(h * .7))))
                        paste(image, glyph, x + w * (.1 + k * .85 / n), y + h * .15, 255 - colour if colour.sum() < 700 else 20.)
        for bx in (.17, .83):
            for by in (.07, .93):
                if r.random() < .45:
                    at = (int(bx * W + r.normal(0, 3)), int(by * H + r.normal(0, 1)))
                    radius = int(r.integers(2, 5))
                    cv2.circle(image, at, radius, np.full(3, r.uniform(10, 220)).tolist(), -1, cv2.LINE_AA)
                    if r.random() < .5:
                        cv2.circle(image, (at[0] - 1, at[1] - 1), max(1, radius // 2), np.full(3, 235.).tolist(), -1)

    def wear(self, image):
        r = self.rng
        if r.random() < .25:  # dirt: soft blotches, denser below
            blotch = cv2.resize(r.random((int(r.integers(4, 14)), int(r.integers(6, 24)))).astype(np.float32), (W, H),
                                interpolation=cv2.INTER_CUBIC)
            ramp = np.linspace(r.uniform(0, 1), 1, H)[:, None]
            a = (np.clip((blotch - r.uniform(.3, .7)) * 2, 0, 1) * ramp * r.uniform(.2, .75))[..., None]
            image += a * (r.uniform(40, 150) * np.array([1., .93, .82], np.float32) - image)
        if r.random() < .12:  # chips and scratches
            for _ in range(int(r.integers(1, 7))):
                a, b = r.uniform(0, 1, 2) * [W, H], r.normal(0, 12, 2)
                cv2.line(image, tuple(a.astype(int).tolist()), tuple((a + b).astype(int).tolist()),
                         np.full(3, r.uniform(0, 255)).tolist(), 1)
        if r.random() < .1:  # tinted or hazy cover
            image += r.uniform(.15, .55) * (r.uniform(20, 200) - image)
        if r.random() < .22:  # a bent plate: bands of light
            wave = np.cos(np.linspace(0, r.uniform(2, 9), W) + r.uniform(0, 6)) * r.uniform(4, 22)
            image += wave[None, :, None].astype(np.float32)

    def frame(self, image, left, top, bottom):
        r = self.rng
        if r.random() < .55:
            colour = np.full(3, r.uniform(0, 50)) if r.random() < .6 else np.full(3, r.uniform(110, 235))
            if r.random() < .15:
                colour = r.uniform(0, 255, 3)
            above = int((r.uniform(.02, .19) if top > .2 * H else r.uniform(.01, .08)) * H)
            below = int(r.uniform(.02, min(.24, max(.03, (H - bottom) / H + .03))) * H)
            side = int(min(r.uniform(0, .055) * W, max(0, left + r.normal(-2, 1.5))))
            image[:above] = colour
            image[H - below:] = colour
            if side:
                image[:, :side] = colour
                image[:, W - side:] = colour
            if r.random() < .4:
                cv2.rectangle(image, (side, above), (W - 1 - side, H - 1 - below), r.uniform(0, 255, 3).tolist(),
                              int(r.integers(1, 4)))
            words = 255. - colour if r.random() < .8 else r.uniform(0, 255, 3)
            for band, y in ((above, 0), (below, H - below)):
                if band > 9 and r.random() < .7:
                    mask = fitted(self.frame_words[r.integers(len(self.frame_words))], band * r.uniform(.5, .9), W * .85)
                    paste(image, mask, (W - mask.shape[1]) / 2, y + (band - mask.shape[0]) / 2, words)
        elif r.random() < .55:
            inset = int(r.integers(1, 5))
            cv2.rectangle(image, (inset, inset), (W - 1 - inset, H - 1 - inset), r.uniform(0, 255, 3).tolist(),
                          int(r.integers(1, 3)))
        if r.random() < .06:  # a tow ball, a hook or a cable before the plate
            x = r.uniform(.05, .95) * W
            cv2.circle(image, (int(x), int(H * r.uniform(.95, 1.15))), int(H * r.uniform(.08, .2)),
                       np.full(3, r.uniform(5, 120)).tolist(), -1, cv2.LINE_AA)
