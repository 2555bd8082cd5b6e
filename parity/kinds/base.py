"""Random samples and slow changes of colour, and where files are kept until they are written."""
import io

import numpy


HEIGHT, WIDTH = 6, 9
random = numpy.random.default_rng(16)
files = {}


def samples(channels, bits=8, height=HEIGHT, width=WIDTH):
    """Random, and the ends of the range."""
    all = random.integers(0, 1 << bits, (height, width, channels))
    all[0, 0], all[0, 1] = 0, (1 << bits) - 1
    return all


def smooth(channels, height=17, width=19):
    """What a JPEG keeps: slow changes of colour."""
    y, x = numpy.mgrid[0:height, 0:width]
    waves = [numpy.sin(x / (5 + c) + c) * numpy.cos(y / (6 - c) + c) for c in range(channels)]
    return (127.5 + 127.5 * numpy.stack(waves, -1)).round().astype(numpy.uint8)


def save(name, image, format=None, **options):
    data = io.BytesIO()
    image.save(data, format or {"jpg": "jpeg", "tif": "tiff"}.get(name[-3:], name[-3:]), **options)
    files[name] = data.getvalue()
    return files[name]
