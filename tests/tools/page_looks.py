"""How a page of HTML looks: as a picture that is compared with a kept one, and printed.

A picture is compared as by somebody who steps back from it: which blocks of it have anything on
them. Of those that have, in either picture, another font or a line of three pixels more changes one
in eight; a list that is gone, a group that is folded or a page without its style one in two.
"""
import os
import re
import subprocess
import zlib

BLOCK = 20  # pixels
PAINTED_BELOW = 254  # the mean brightness of a block, of 255
SHARE_MAX = 0.3  # of the blocks, how many may differ
COLOURS_MIN = 12  # fewer: nothing was painted


def browse(folder, page, *flags):
    """What the browser prints, without a window and without what other runs have left."""
    done = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
         f"--user-data-dir={folder}/profile", *flags, "file://" + page],
        capture_output=True, timeout=180, check=False)
    return done.stdout.decode()


def picture_of(folder, page, path, flags=(), size=(1100, 1200)):
    browse(folder, page, f"--window-size={size[0]},{size[1]}", *flags, f"--screenshot={path}")


class Picture:
    """A PNG of 8 bits a channel, as browsers write it, as rows of (red, green, blue)."""

    def __init__(self, path):
        with open(path, "rb") as file:
            data = file.read()
        packed, at = b"", 8
        while at < len(data):
            size, kind = int.from_bytes(data[at:at + 4], "big"), data[at + 4:at + 8]
            if kind == b"IHDR":
                self.width = int.from_bytes(data[at + 8:at + 12], "big")
                self.height = int.from_bytes(data[at + 12:at + 16], "big")
                channels = {2: 3, 6: 4}[data[at + 17]]
            elif kind == b"IDAT":
                packed += data[at + 8:at + 8 + size]
            at += 12 + size
        self.rows = [bytes(c for i, c in enumerate(row) if channels == 3 or i % 4 != 3)
                     for row in unfiltered(zlib.decompress(packed), self.width * channels,
                                           channels)]

    def colours(self):
        return len({row[at:at + 3] for row in self.rows[::4] for at in range(0, len(row), 12)})

    def painted(self):
        """Of each block, whether there is anything on it."""
        for top in range(0, self.height - BLOCK + 1, BLOCK):
            for left in range(0, self.width - BLOCK + 1, BLOCK):
                inside = [row[3 * left:3 * (left + BLOCK)] for row in self.rows[top:top + BLOCK]]
                yield sum(map(sum, inside)) < PAINTED_BELOW * 3 * BLOCK * BLOCK


def unfiltered(data, row_bytes, step):
    """The rows of a PNG without the filters that each was packed with (PNG, section 9)."""
    before = bytearray(row_bytes)
    for begin in range(0, len(data), row_bytes + 1):
        how, row = data[begin], bytearray(data[begin + 1:begin + 1 + row_bytes])
        for i in range(row_bytes if how else 0):
            left, up = row[i - step] if i >= step else 0, before[i]
            corner = before[i - step] if i >= step else 0
            if how == 4:
                guess = left + up - corner
                near = min((left, up, corner), key=lambda each: abs(guess - each))
            else:
                near = (0, left, up, (left + up) // 2)[how]
            row[i] = (row[i] + near) & 0xFF
        yield bytes(row)
        before = row


def faults_of_picture(path):
    """Is it there, and is anything on it?"""
    if not os.path.exists(path):
        return ["the browser made no picture"]
    colours = Picture(path).colours()
    return [f"the picture has {colours} colours"] if colours < COLOURS_MIN else []


def faults_beside(kept, made):
    """Is the picture still as the kept one, seen from afar?"""
    kept, made = Picture(kept), Picture(made)
    if (kept.width, kept.height) != (made.width, made.height):
        return [f"it is {made.width} x {made.height}, kept {kept.width} x {kept.height}"]
    pairs = list(zip(kept.painted(), made.painted()))
    share = sum(a != b for a, b in pairs) / sum(a or b for a, b in pairs)
    return [f"{share:.0%} of it are not as in the kept picture"] if share > SHARE_MAX else []


def faults_of_print(folder, page):
    """On paper is all that was found, folded or not, black on white, and nothing to be ticked."""
    with open(page, encoding="utf-8") as file:
        text = file.read()
    folded = os.path.join(folder, "folded.html")
    with open(folded, "w", encoding="utf-8") as file:
        file.write(text.replace("<details open", "<details"))
    pdf = os.path.join(folder, "printed.pdf")
    browse(folder, folded, "--blink-settings=preferredColorScheme=0", "--no-pdf-header-footer",
           f"--print-to-pdf={pdf}")
    if not os.path.exists(pdf):
        return ["the browser printed nothing"]
    said = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True,
                          timeout=60).stdout.decode()
    said = re.sub(r"\s", "", said)
    faults = [f"{label} can be ticked on paper"
              for label in re.findall(r"<label [^>]*>([^<]*)</label>", text)
              if re.sub(r"\s", "", label) in said]
    lines = re.findall(r'<td class="line">(\d+)</td>', text)
    helped = [re.sub(r"\s", "", each)[:40]
              for each in re.findall(r"<strong>([A-Z][a-z][^<&]*)</strong></p>", text)]
    faults += [f"what is folded is not printed: {each}" for each in helped if each not in said]
    if text.count("<details") and not (helped and lines):
        faults.append("there is nothing to look for")
    grey = subprocess.run(["pdftoppm", "-gray", "-r", "40", "-f", "1", "-l", "1", pdf],
                          capture_output=True, check=True, timeout=60).stdout
    pixels = grey.split(b"\n", 3)[3]
    if sum(each >= 250 for each in pixels) < 0.7 * len(pixels) or min(pixels) > 90:
        faults.append("it is not printed in black on white")
    os.remove(pdf)
    return faults
