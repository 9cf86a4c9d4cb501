"""What it is kept as: the formats and pixel layouts in which pictures arrive."""
import numpy as np
from PIL import Image

from papers import pixels, rgb

EXTENSIONS = {"png-grey": "png", "png-rgb": "png", "png-palette": "png", "png-alpha": "png", "png-grey-alpha": "png",
              "jpeg": "jpg", "jpeg-grey": "jpg", "jpeg-exif": "jpg", "bmp": "bmp", "gif": "gif"}

# What a camera stores for each value of EXIF's Orientation (tag 274), so that undoing it shows the picture upright.
STORED = {2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
          5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
          8: Image.Transpose.ROTATE_270}
ORIENTATIONS = (6, 8, 3, 6, 2, 8, 5, 6, 7, 4)


def save(path, picture, kind, serial, quality, transparent=None):
    """Writes picture [height, width, 3]; `transparent`, the ink's colour and opacity, replaces it in layouts with alpha."""
    image = Image.fromarray(pixels(picture))
    if kind in ("png-alpha", "png-grey-alpha"):
        if transparent is None:
            image.putalpha(255)
        else:
            image = bare_ink(*transparent, black=serial % 2 == 0)
        image = image.convert("LA") if kind == "png-grey-alpha" else image
        image.save(path)
    elif kind == "png-grey":
        image.convert("L").save(path)
    elif kind == "png-palette":
        image.quantize(48 if serial % 2 else 200, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path)
    elif kind == "gif":
        image.quantize(128, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path)
    elif kind == "jpeg-grey":
        image.convert("L").save(path, quality=quality)
    elif kind == "jpeg":
        image.save(path, quality=quality)
    elif kind == "jpeg-exif":
        orientation = ORIENTATIONS[serial % len(ORIENTATIONS)]
        exif = Image.Exif()
        exif[274] = orientation
        image.transpose(STORED[orientation]).save(path, quality=quality, exif=exif)
    else:
        image.save(path)


def bare_ink(color, opacity, black):
    """Ink on nothing: what a drawing program exports. Pixels without ink are black or white underneath."""
    alpha = pixels(opacity)
    image = np.empty(alpha.shape + (4,), np.uint8)
    image[..., :3] = pixels(rgb(color))
    image[alpha == 0, :3] = 0 if black else 255
    image[..., 3] = alpha
    return Image.fromarray(image)
