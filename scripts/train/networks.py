"""The two networks. Both take RGB in 0..255 and normalise inside, so that the exported models need no preparation."""
import torch
from torch import nn

from fonts import ALPHABET

STATES = 52  # 51 postal codes in alphabetical order, then unknown
STEPS = 40


def block(inputs, outputs, stride=1, kernel=3):
    return nn.Sequential(nn.Conv2d(inputs, outputs, kernel, stride, kernel // 2, bias=False), nn.BatchNorm2d(outputs),
                         nn.ReLU(inplace=True))


class Residual(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.first = block(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))

    def forward(self, x):
        return torch.relu(x + self.second(self.first(x)))


class Recogniser(nn.Module):
    """3 x 64 x 160 to 40 columns of 36 logits (blank and the alphabet), and 52 logits of the issuing state."""

    def __init__(self, width=28):
        super().__init__()
        c = width
        self.trunk = nn.Sequential(
            block(3, 32, 2, 5), block(32, c * 2, 2), Residual(c * 2), block(c * 2, c * 3, (2, 1)), Residual(c * 3),
            block(c * 3, c * 4, (2, 1)), Residual(c * 4))
        self.flatten = nn.Sequential(nn.Conv2d(c * 4, c * 6, (4, 3), padding=(0, 1), bias=False), nn.BatchNorm2d(c * 6),
                                     nn.ReLU(inplace=True), nn.Dropout(.1))
        self.context = nn.Sequential(nn.Conv2d(c * 6, c * 6, (1, 5), padding=(0, 2), groups=4, bias=False),
                                     nn.BatchNorm2d(c * 6), nn.ReLU(inplace=True))
        self.characters = nn.Conv2d(c * 6, len(ALPHABET) + 1, 1)
        self.state = nn.Sequential(nn.Conv2d(c * 4, 96, 1), nn.ReLU(inplace=True), nn.AdaptiveAvgPool2d((2, 4)),
                                   nn.Flatten(), nn.Linear(96 * 8, STATES))

    def forward(self, x):
        features = self.trunk(x)
        y = self.flatten(features)
        y = y + self.context(y)
        return self.characters(y).squeeze(2).permute(0, 2, 1), self.state(features)


def normalised(x):
    mean = x.mean((1, 2, 3), keepdim=True)
    deviation = torch.sqrt(((x - mean) ** 2).mean((1, 2, 3), keepdim=True))
    return (x - mean) / (deviation + 4)


class ExportedRecogniser(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        characters, state = self.network(normalised(image))
        return torch.log_softmax(characters, 2), torch.log_softmax(state, 1)


class Detector(nn.Module):
    """
    3 x H x W to a grid at stride 8 of 9 maps: plate logit, then the four corners (top left, top right, bottom right,
    bottom left), each x then y, as offsets from the cell's centre in units of 8 pixels.
    """

    def __init__(self):
        super().__init__()
        self.fine = nn.Sequential(block(3, 16, 2), block(16, 32, 2), Residual(32), block(32, 64, 2), Residual(64))
        self.middle = nn.Sequential(block(64, 96, 2), Residual(96), Residual(96))
        self.coarse = nn.Sequential(block(96, 128, 2), Residual(128))
        self.up_coarse = block(128, 96, 1, 1)
        self.up_middle = block(96, 64, 1, 1)
        self.head = nn.Sequential(block(64, 64), Residual(64))
        self.out = nn.Conv2d(64, 9, 1)
        nn.init.zeros_(self.out.bias)
        nn.init.constant_(self.out.bias[:1], -4.6)

    def forward(self, x):
        fine = self.fine(x)
        middle = self.middle(fine)
        coarse = self.coarse(middle)
        grow = lambda t: nn.functional.interpolate(t, scale_factor=2.0, mode='nearest')
        middle = middle + grow(self.up_coarse(coarse))
        fine = fine + grow(self.up_middle(middle))
        return self.out(self.head(fine))


class ExportedDetector(nn.Module):
    def __init__(self, network):
        super().__init__()
        self.network = network

    def forward(self, image):
        y = self.network(image / 127.5 - 1)
        return torch.sigmoid(y[:, :1]), y[:, 1:] * 8
