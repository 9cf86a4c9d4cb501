"""File formats: those in which phones, scanners, tablets and whiteboards save an image."""
from PIL import Image

ENDINGS = {
    "grey PNG": "png", "colour PNG": "png", "palette PNG": "png", "see-through PNG": "png", "covered RGBA PNG": "png",
    "colour JPEG": "jpg", "grey JPEG": "jpg", "turned JPEG": "jpg", "BMP": "bmp", "GIF": "gif",
}
ORIENTATION = 0x0112
TURNS = {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}


def save(image, kind, stem, quality, rng):
    """Write the image in one of the formats of `ENDINGS` and return the file's name: `stem` with the format's ending.

    A see-through PNG needs an RGBA image, all others need an RGB image. A turned JPEG holds the image turned by 90, 180
    or 270 degrees, with the EXIF orientation that turns it back.
    """
    path = stem.with_suffix("." + ENDINGS[kind])
    if kind in ("grey PNG", "grey JPEG"):
        image = image.convert("L")
    elif kind in ("palette PNG", "GIF"):
        image = image.quantize(int(rng.choice([16, 32, 64, 256])), Image.Quantize.MAXCOVERAGE)
    elif kind == "covered RGBA PNG":
        image = image.convert("RGBA")
    if kind == "turned JPEG":
        orientation = int(rng.choice(list(TURNS)))
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        image.transpose(TURNS[orientation]).save(path, quality=quality, exif=exif)
    elif ENDINGS[kind] == "jpg":
        image.save(path, quality=quality)
    else:
        image.save(path)
    return path.name


def kind_of(image):
    """Return the format of an opened file, a key of `ENDINGS`."""
    if image.format == "PNG":
        if image.mode == "RGBA":
            return "see-through PNG" if image.getchannel("A").getextrema()[0] < 255 else "covered RGBA PNG"
        return {"L": "grey PNG", "RGB": "colour PNG", "P": "palette PNG"}[image.mode]
    if image.format == "JPEG":
        if image.getexif().get(ORIENTATION, 1) != 1:
            return "turned JPEG"
        return "grey JPEG" if image.mode == "L" else "colour JPEG"
    return image.format
