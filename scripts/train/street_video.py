"""
What one camera makes of a car that drives towards it, frame by frame: what stays through a pass, and what changes.

The camera stays: its lens, light, gain, cast, sharpening and compression, the way the car moves, and where its focus
lies. Noise, shake, exposure drift and how the pixels fall on the plate are new in every frame; the angle turns evenly;
a pole, a wiper, a glint or a shadow wanders over the plate and is gone.
"""
import math

import cv2
import numpy as np

from camera import encode

NIGHT_SHARE, INFRARED_SHARE = .4, .4
CROSSING_SHARE, WIPER_SHARE, GLINT_SHARE, SHADOW_SHARE, SHAKEN_SHARE = .35, .1, .3, .2, .2


class Video:
    """One camera and one pass of `frames` frames."""

    def __init__(self, rng, textures, size, frames):
        r = rng
        self.rng, self.textures, self.size, self.frames = r, textures, size, frames
        self.night = r.random() < NIGHT_SHARE
        self.infrared = self.night and r.random() < INFRARED_SHARE
        self.contrast = r.uniform(.5, 1) if self.night else r.uniform(.6, 1.2)
        self.level = r.uniform(50, 120) if self.night else r.uniform(90, 165)
        self.cast = 1 + r.normal(0, .05, 3)
        self.noise = r.uniform(4, 12) if self.night else r.uniform(1, 6)
        self.coarse = r.random() < .5
        self.coding = int(r.integers(1 << 30))
        self.focus_width, self.lens, self.depth = r.uniform(50, 110), r.uniform(.3, .8), r.uniform(0, .3)
        self.heading = r.normal(math.pi / 2, .5)
        self.speed = abs(r.normal(0, .03)) * (1.5 if self.night else 1)
        self.vibration = r.uniform(.005, .04)
        self.views = [self._view(), self._view()]
        self.crossings = self._crossings()
        self.glint = self._run(GLINT_SHARE, .6)
        self.shadow = self._run(SHADOW_SHARE, .8)
        self.shadow_strength, self.glint_strength = r.uniform(.25, .6), r.uniform(.5, 1)

    def _view(self):
        """Turn (radians), foreshortening across, shear across and down, foreshortening down, tilt across and down."""
        r = self.rng
        return np.array([r.normal(0, .03), r.uniform(.82, 1), r.normal(0, .05), r.normal(0, .06), r.uniform(.92, 1),
                         r.normal(0, .06), r.normal(0, .06)])

    def _run(self, share, longest):
        """Consecutive frames during which something wanders over the plate from one place to another, or none."""
        r = self.rng
        if r.random() >= share:
            return {}
        length = int(r.integers(1, max(2, int(self.frames * longest) + 1)))
        first = int(r.integers(0, self.frames - length + 1))
        places = np.linspace(r.uniform(-.1, 1.1), r.uniform(-.1, 1.1), length)
        return {first + i: place for i, place in enumerate(places)}

    def _crossings(self):
        """Where in which frames something stands before the plate: a pole for a few frames, a wiper again and again."""
        r = self.rng
        found = {}
        if r.random() < CROSSING_SHARE:
            length = int(r.integers(1, min(4, self.frames) + 1))
            first, start, step = int(r.integers(0, self.frames - length + 1)), r.uniform(-.2, .6), r.uniform(.12, .5)
            found = {first + i: start + step * i for i in range(length)}
        if r.random() < WIPER_SHARE:
            found |= {i: r.uniform(0, 1) for i in range(self.frames) if r.random() < .3}
        self.object = (np.full(3, r.uniform(10, 170)) + r.normal(0, 12, 3), r.uniform(.05, .14), r.normal(0, .25))
        return found

    def matrix(self, at, centre, aim, width):
        """Brings the plate's middle from `centre` to `aim`, seen from the angle of this frame."""
        r = self.rng
        t = at / max(1, self.frames - 1)
        a, across, shear_x, shear_y, down, tilt_x, tilt_y = self.views[0] * (1 - t) + self.views[1] * t
        a += r.normal(0, .008)
        turn = np.array([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]])
        turn = turn @ np.array([[across, shear_x], [shear_y, down]])
        to_centre, tilt, back = np.eye(3), np.eye(3), np.eye(3)
        to_centre[:2, 2] = -centre
        tilt[2, :2] = tilt_x / width, tilt_y / width
        back[:2, :2], back[:2, 2] = turn, aim + r.normal(0, self.vibration * width, 2) + r.uniform(-.5, .5, 2)
        return back @ tilt @ to_centre

    def shoot(self, at, image, corners, width):
        """The scene (float RGB, changed) as frame `at` of the stream (uint8)."""
        if at in self.shadow:
            self._shade(image, corners, width, self.shadow[at])
        if at in self.crossings:
            self._cross(image, corners, width, self.crossings[at])
        if at in self.glint:
            self._glint(image, corners, width, self.glint[at])
        sigma = self.lens + self.depth * abs(math.log(width / self.focus_width)) + abs(self.rng.normal(0, .1))
        image = self._moved(cv2.GaussianBlur(image, (0, 0), sigma), width)
        return encode(np.random.default_rng(self.coding), self._expose(image))

    def _moved(self, image, width):
        """The car drives on, and the camera shakes, while the shutter is open."""
        r = self.rng
        shake = abs(r.normal(0, self.vibration)) * (2.5 if r.random() < SHAKEN_SHARE else 1)
        angle = r.uniform(0, math.pi)
        path = width * (self.speed * np.array([math.cos(self.heading), math.sin(self.heading)])
                        + shake * np.array([math.cos(angle), math.sin(angle)]))
        half = int(np.ceil(np.abs(path).max() / 2))
        if half < 1:
            return image
        kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
        for s in np.linspace(-.5, .5, 8 * half + 1):
            x, y = path * s + half
            x0, y0 = int(x), int(y)
            for dx, dy in ((0, 0), (1, 0), (0, 1), (1, 1)):
                if x0 + dx <= 2 * half and y0 + dy <= 2 * half:
                    kernel[y0 + dy, x0 + dx] += (1 - abs(x - x0 - dx)) * (1 - abs(y - y0 - dy))
        return cv2.filter2D(image, -1, kernel / kernel.sum())

    def _expose(self, image):
        """One exposure for the whole pass, which drifts a little; noise of its own in every frame."""
        r = self.rng
        if self.infrared:
            image = np.repeat((image @ np.array([.4, .35, .25], np.float32))[..., None], 3, 2)
        gain = math.exp(r.normal(0, .07))
        image = ((image - 128) * self.contrast * gain + self.level * gain) * (1 if self.infrared else self.cast)
        noise = self.textures.noise(image.shape[0], image.shape[1], coarse=self.coarse)
        return np.clip(image + noise * self.noise * gain, 0, 255).astype(np.uint8)

    def _cross(self, image, corners, width, place):
        colour, thick, lean = self.object
        at = corners[0] + (corners[1] - corners[0]) * place
        reach = width * 1.5
        ends = [(int(at[0] - lean * reach), int(at[1] - reach)), (int(at[0] + lean * reach), int(at[1] + reach))]
        cv2.line(image, *ends, colour.tolist(), max(1, int(width * thick)), cv2.LINE_AA)

    def _glint(self, image, corners, width, place):
        h, w = self.size[1], self.size[0]
        spot = np.zeros((h, w), np.float32)
        at = corners[0] + (corners[1] - corners[0]) * place + (corners[3] - corners[0]) * .5
        cv2.ellipse(spot, (int(at[0]), int(at[1])), (max(2, int(width * .14)), max(2, int(width * .12))), 0, 0, 360, 1., -1)
        spot = cv2.GaussianBlur(spot, (0, 0), max(1., width * .08))[..., None]
        image += spot * self.glint_strength * (252 - image)

    def _shade(self, image, corners, width, place):
        """The shadow of a pole or a branch, as wide as a character or two."""
        mask = np.zeros(self.size[::-1], np.float32)
        at = corners[0] + (corners[1] - corners[0]) * place
        cv2.line(mask, (int(at[0] - width * .3), int(at[1] - width)), (int(at[0] + width * .3), int(at[1] + width)), 1.,
                 max(2, int(width * .22)))
        image *= (1 - cv2.GaussianBlur(mask, (0, 0), max(.6, width * .02)) * self.shadow_strength)[..., None]
