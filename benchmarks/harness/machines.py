"""Works out, from what was measured on one machine, what part of a step's time many machines compute: no measurement.

A step of N machines takes t + m. t is a machine's own step. m is the message, a ring all-reduce of b bytes: each machine
sends 2(N-1)/N · b, at the network's rate or at that at which Gloo's processes copy, whichever is less, in 2(N-1) turns, each
of which takes a while however little is sent. Nothing of it is hidden behind the computation.
"""

import argparse

MACHINES = (2, 4, 8, 16, 32, 64)
# name: parameters, milliseconds of a step on two threads (the README's table)
STEPS = {
    "MLP 784-200-200-10, batch 200": (199_210, 1.44),
    "two convolutions, batch 64": (1_199_882, 28.8),
    "residual network, batch 64": (169_834, 120.1),
    "transformer, batch 32 × 64": (429_664, 40.6),
    "MLP 784-4096-4096-10, batch 200": (20_037_642, 141.4),
}


def message(parameters, machines, gigabits, options):
    """Its milliseconds."""
    rate = min(gigabits, options.gloo) * 1e9 / 8 / 1e3  # bytes in a millisecond
    return 2 * (machines - 1) / machines * 4 * parameters / rate + 2 * (machines - 1) * options.turn


def table(gigabits, options):
    lines = [f"| {gigabits} Gb/s | message | " + " | ".join(f"{n} machines" for n in MACHINES) + " |",
             "|---|---:|" + "---:|" * len(MACHINES)]
    for name, (parameters, step) in STEPS.items():
        parts = [step / (step + message(parameters, n, gigabits, options)) for n in MACHINES]
        cells = [f"{n * part:.1f} × ({part:.0%})" for n, part in zip(MACHINES, parts)]
        lines.append(f"| {name} | {4 * parameters / 1e6:.1f} MB | {' | '.join(cells)} |")
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gloo", type=float, default=17, help="Gb/s that Gloo brings by loopback: benchmarks/distributed")
    parser.add_argument("--turn", type=float, default=0.15, help="milliseconds of a turn: 0.1 by loopback, 0.05 of network")
    parser.add_argument("--rates", default="10,25", help="of the network, in Gb/s")
    options = parser.parse_args()
    for rate in options.rates.split(","):
        print(table(float(rate) if "." in rate else int(rate), options) + "\n")


if __name__ == "__main__":
    main()
