"""
What a camera makes of a flat plate: perspective, distance, blur, light, night, noise, sharpening and JPEG.

`shoot` gives the crop that the recogniser sees; `expose` and `encode` are also used for whole scenes.
"""
import math

import cv2
import numpy as np

from textures import Textures

OUT_W, OUT_H = 160, 64


def quad_of(rng, width, height, tilt=4.5, shear=.07, keystone=.06):
    """Corners (top left, top right, bottom right, bottom left) of a plate seen at an angle, around (0, 0)."""
    a = math.radians(rng.normal(0, tilt))
    corners = np.array([[-.5, -.5], [.5, -.5], [.5, .5], [-.5, .5]])
    if rng.random() < .7:
        corners = corners + rng.uniform(-keystone, keystone, (4, 2))
    turn = np.array([[math.cos(a), -math.sin(a)], [math.sin(a), math.cos(a)]])
    turn = turn @ np.array([[1, rng.normal(0, shear)], [rng.normal(0, shear * .7), 1]])
    return corners * [width, height] @ turn.T


def paste_plate(image, plate, quad):
    """Warps a flat plate into the quadrilateral of an image (float, RGB), in place, averaging when it shrinks."""
    h, w = plate.shape[:2]
    x0, y0 = np.maximum(np.floor(quad.min(0)).astype(int) - 2, 0)
    x1, y1 = np.minimum(np.ceil(quad.max(0)).astype(int) + 3, image.shape[1::-1])
    if x1 <= x0 or y1 <= y0:
        return
    side = np.linalg.norm(quad[1] - quad[0])
    scale = w / max(side, 1)
    if scale > 1.3:
        plate = cv2.resize(plate, (max(8, int(side * 1.15)), max(6, int(side * 1.15 * h / w))), interpolation=cv2.INTER_AREA)
        h, w = plate.shape[:2]
    source = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32) - .5
    m = cv2.getPerspectiveTransform(source, (quad - [x0, y0]).astype(np.float32))
    size = (int(x1 - x0), int(y1 - y0))
    rgba = np.dstack([plate, np.full((h, w), 255, np.uint8)])
    warped = cv2.warpPerspective(rgba, m, size, flags=cv2.INTER_LINEAR)
    a = warped[..., 3:].astype(np.float32) / 255
    region = image[y0:y1, x0:x1]
    image[y0:y1, x0:x1] = region * (1 - a) + warped[..., :3]


def shadow(rng, image, strength=(.2, .7)):
    h, w = image.shape[:2]
    mask = np.zeros((h, w), np.float32)
    a, b, c, d = rng.uniform(-.3, 1.3, 4)
    pts = [[0, 0], [a * w, 0], [b * w, h], [0, h]] if rng.random() < .5 else [[0, c * h], [w, d * h], [w, 0], [0, 0]]
    cv2.fillPoly(mask, [np.array(pts).astype(np.int32)], 1.)
    mask = cv2.GaussianBlur(mask, (0, 0), rng.uniform(.6, 9))
    image *= (1 - mask * rng.uniform(*strength))[..., None]


def glare(rng, image, scale):
    h, w = image.shape[:2]
    yy, xx = np.mgrid[0:h, 0:w].astype(np.float32)
    x, y, s = rng.uniform(0, w), rng.uniform(0, h), scale * rng.uniform(.08, .4)
    image += (np.exp(-((xx - x) ** 2 + ((yy - y) * rng.uniform(.6, 2)) ** 2) / (2 * s * s)) * rng.uniform(30, 190))[..., None]


def blur(rng, image, width):
    if rng.random() < .75:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(.3, 1.15) * max(.75, width / 110))
    if rng.random() < .18:  # motion
        n = int(rng.integers(2, max(3, int(width / 22) + 1)))
        kernel = np.zeros((n, n), np.float32)
        if rng.random() < .65:
            kernel[n // 2] = 1. / n
        else:
            np.fill_diagonal(kernel, 1. / n)
            if rng.random() < .5:
                kernel = kernel[::-1].copy()
        image = cv2.filter2D(image, -1, kernel)
    return image


def expose(rng, image, textures, night=.27):
    """Light and sensor: day, dusk, night, infra-red, colour cast, contrast, gamma, noise. Float in, uint8 out."""
    k = rng.random()
    noise = rng.uniform(0, 9)
    if k < night:
        image = image * rng.uniform(.08, .65) + rng.uniform(0, 30)
        noise = rng.uniform(0, 6)
    elif k < night + .08:  # infra-red: no colour, the plate outshines its surroundings
        grey = image @ np.array([.4, .35, .25], np.float32)
        image = np.repeat((grey * rng.uniform(.5, 1.3) + rng.uniform(-60, 20))[..., None], 3, 2)
    else:
        image = (image - 128) * rng.uniform(.45, 1.3) + 128 + rng.uniform(-50, 50)
    if rng.random() < .5:
        image = image * (1 + rng.normal(0, .06, 3)).astype(np.float32)
    if rng.random() < .12:
        grey = image.mean(2, keepdims=True)
        image = grey + (image - grey) * rng.uniform(0, .5)
    if rng.random() < .3:
        image = 255 * np.power(np.clip(image, 0, 255) / 255, rng.uniform(.5, 1.8))
    if noise > 1:
        image = image + textures.noise(image.shape[0], image.shape[1], coarse=rng.random() < .4) * noise
    return np.clip(image, 0, 255).astype(np.uint8)


def encode(rng, image):
    """Sharpening, interlacing and JPEG at the qualities that cameras and web sites use."""
    if rng.random() < .22:
        soft = cv2.GaussianBlur(image, (0, 0), rng.uniform(.8, 1.8))
        k = rng.uniform(.4, 1.6)
        image = cv2.addWeighted(image, 1 + k, soft, -k, 0)
    if rng.random() < .06:
        image = image.copy()
        image[::2] = np.roll(image[::2], int(rng.integers(1, 3)), 1)
    if rng.random() < .8:
        image = cv2.imdecode(cv2.imencode('.jpg', image, [1, int(rng.integers(20, 94))])[1], 1)
    return image


CROP = np.array([[0, 0], [OUT_W, 0], [OUT_W, OUT_H], [0, OUT_H]], np.float32)


def rectified(image, quad):
    """The recogniser's crop: the quadrilateral's inside, 160 x 64."""
    side = max(np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[2] - quad[3]))
    k = side / OUT_W
    if k > 1.5:  # far larger than the crop: shrink first, so that nothing aliases
        image = cv2.resize(image, None, fx=1.3 / k, fy=1.3 / k, interpolation=cv2.INTER_AREA)
        quad = quad * (1.3 / k)
    m = cv2.getPerspectiveTransform(quad.astype(np.float32), CROP)
    return cv2.warpPerspective(image, m, (OUT_W, OUT_H), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def grown(quad, left, top, right, bottom):
    """A quadrilateral whose sides are moved outwards by shares of its width and height."""
    (a, b, c, d) = quad
    along = lambda p, q, s: p + (q - p) * s
    top_l, top_r = along(a, b, -left), along(b, a, -right)
    low_l, low_r = along(d, c, -left), along(c, d, -right)
    return np.stack([along(top_l, low_l, -top), along(top_r, low_r, -top), along(low_r, top_r, -bottom),
                     along(low_l, top_l, -bottom)])


MARGIN_X, MARGIN_Y = .04, .08


def detector_like(rng, quad):
    """Where a detector would put the plate: its corners with errors, or (a third) the upright box around it."""
    width, height = np.linalg.norm(quad[1] - quad[0]), np.linalg.norm(quad[3] - quad[0])
    if rng.random() < .3:
        (x0, y0), (x1, y1) = quad.min(0), quad.max(0)
        quad = np.array([[x0, y0], [x1, y0], [x1, y1], [x0, y1]])
    else:
        quad = quad + rng.normal(0, .018, (4, 2)) * [width, height * 1.3]
    quad = quad + rng.normal(0, .015, 2) * [width, height * 1.5]
    margin = lambda m, s: max(-.03, rng.normal(m, s))
    return grown(quad, margin(MARGIN_X, .035), margin(MARGIN_Y, .07), margin(MARGIN_X, .035), margin(MARGIN_Y, .07))


class Camera:
    def __init__(self, seed):
        self.rng = np.random.default_rng(seed)
        self.textures = Textures(seed + 1)

    def shoot(self, plate, centres, width=None):
        """
        A flat plate as a 160 x 64 crop (uint8, RGB) of a photo in which it is `width` pixels wide, and where in the
        crop the given points of the plate are.
        """
        r = self.rng
        pw = width or math.exp(r.uniform(math.log(44), math.log(185)))
        ph = pw / 2 * r.uniform(.82, 1.14)
        cw, ch = int(pw * 1.3) + 6, int(ph * 1.5) + 6
        quad = quad_of(r, pw, ph) + [cw / 2, ch / 2]
        image = self.textures.patch(cw, ch)
        if r.random() < .4:
            centre = quad.mean(0)
            surround = (quad - centre) * r.uniform(1.03, 1.2) + centre
            cv2.fillPoly(image, [surround.astype(np.int32)], r.uniform(0, 255, 3).tolist())
        paste_plate(image, plate, quad)
        if r.random() < .25:
            shadow(r, image)
        image = blur(r, image, pw)
        if r.random() < .1:
            glare(r, image, pw)
        image = encode(r, expose(r, image, self.textures))
        found = detector_like(r, quad)
        h, w = plate.shape[:2]
        flat = np.array([[0, 0], [w, 0], [w, h], [0, h]], np.float32)
        to_crop = cv2.getPerspectiveTransform(found.astype(np.float32), CROP) @ \
            cv2.getPerspectiveTransform(flat, quad.astype(np.float32))
        return rectified(image, found), cv2.perspectiveTransform(centres[None], to_crop)[0]
