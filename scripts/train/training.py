"""What both training commands share: arguments, schedule, running average of weights, checkpoints."""
import argparse
import math
import os
import time

import torch


def arguments(description, steps, batch, rate):
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument('--out', required=True, help='checkpoint to write, every 100 steps and at the end')
    parser.add_argument('--init', help='checkpoint to start from')
    parser.add_argument('--steps', type=int, default=steps)
    parser.add_argument('--minutes', type=float, help='end, and decay the rate, by the clock instead of by steps')
    parser.add_argument('--batch', type=int, default=batch)
    parser.add_argument('--rate', type=float, default=rate, help='peak learning rate; decays along a cosine')
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--threads', type=int, default=1)
    parser.add_argument('--workers', type=int, default=1, help='processes that render; part of what the seed fixes')
    return parser.parse_args()


class Run:
    """One optimiser run over batches; `loss_of(network, batch)` gives a dictionary of losses that are summed."""

    def __init__(self, options, network, batches, loss_of):
        torch.manual_seed(options.seed)
        torch.set_num_threads(options.threads)
        self.options, self.batches, self.loss_of = options, batches, loss_of
        self.network = network.to(memory_format=torch.channels_last)
        if options.init:
            self.network.load_state_dict(torch.load(options.init))
        self.average = {k: v.clone() for k, v in self.network.state_dict().items()}

    def train(self):
        o = self.options
        optimiser = torch.optim.AdamW(self.network.parameters(), o.rate, weight_decay=1e-2)
        start, sums, batches = time.time(), {}, iter(self.batches)
        step, done = 0, 0.
        while done < 1:
            step += 1
            done = min(1., (time.time() - start) / 60 / o.minutes if o.minutes else step / o.steps)
            rate = o.rate * min(1, step / 150) * (.5 + .5 * math.cos(math.pi * done)) + 1e-5
            for group in optimiser.param_groups:
                group['lr'] = rate
            losses = self.loss_of(self.network, next(batches))
            optimiser.zero_grad(set_to_none=True)
            sum(losses.values()).backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 5.)
            optimiser.step()
            self.follow(step)
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.) + loss.item()
            if step % 100 == 0:
                speed = step * o.batch / (time.time() - start)
                shown = ' '.join(f'{k} {v / 100:.4f}' for k, v in sums.items())
                print(f'{step} {100 * done:.1f} % {shown} rate {rate:.5f} {speed:.0f} images/s', flush=True)
                sums = {}
            if step % 100 == 0 or done == 1:
                torch.save(self.average, o.out + '.part')
                os.replace(o.out + '.part', o.out)

    def follow(self, step):
        keep = min(.998, (1 + step) / (10 + step))
        for name, value in self.network.state_dict().items():
            if value.dtype.is_floating_point:
                self.average[name].mul_(keep).add_(value, alpha=1 - keep)
            else:
                self.average[name].copy_(value)
